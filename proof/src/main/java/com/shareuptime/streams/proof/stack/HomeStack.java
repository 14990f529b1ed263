package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.StreamsHome;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;

/** Finds the local stack that the environment names: STREAMS_HOME and STREAMS_PORT_BASE. */
public final class HomeStack {
  private LocalStack stack;

  public LocalStack stack() {
    if (stack == null) {
      stack = find(System.getenv());
    }
    return stack;
  }

  static LocalStack find(Map<String, String> environment) {
    return LocalStack.at(StreamsHome.of(environment).root(), portBase(environment));
  }

  static OptionalInt portBase(Map<String, String> environment) {
    String base = environment.getOrDefault("STREAMS_PORT_BASE", "").strip();
    if (base.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(base));
    } catch (NumberFormatException e) {
      throw CommandException.usage(
          "STREAMS_PORT_BASE is '" + base + "', which is no number.",
          "Set it to the first of some twenty free ports, e.g. STREAMS_PORT_BASE=22000.");
    }
  }

  /** The stack, at least one server of which runs. */
  public LocalStack running() {
    if (Arrays.stream(Server.values()).noneMatch(stack()::isRunning)) {
      throw CommandException.unreachable(
          "The local stack in " + stack().home().root() + " is not running.",
          "Start it: ./streams up");
    }
    return stack;
  }
}
