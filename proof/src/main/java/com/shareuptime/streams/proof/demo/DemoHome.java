package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.stack.HomeStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A home folder for one demo. A demo begins with empty data: what an earlier demo has left is
 * removed, which a mark in the folder tells apart from the data of {@code up}, which is never
 * touched.
 */
final class DemoHome {
  private static final String MARK = "demo";

  private DemoHome() {}

  static LocalStack claim() {
    LocalStack stack = new HomeStack().stack();
    Path root = stack.home().root();
    if (Arrays.stream(Server.values()).anyMatch(stack::isRunning)) {
      throw CommandException.usage(
          "A local stack is running in " + root + "; a demo begins with a new one.",
          "End it: ./streams down. Or leave it and take another folder and other ports:"
              + " STREAMS_HOME=/tmp/demo STREAMS_PORT_BASE=23000 ./streams demo."
              + " For traffic on the stack that runs: ./streams traffic.");
    }
    if (stack.home().source().exists()) {
      throw CommandException.usage(
          root + " is of a stack that reads a product's database.",
          "Take another folder: STREAMS_HOME=/tmp/demo ./streams demo.");
    }
    boolean used = Files.exists(stack.home().data(Server.POSTGRES));
    if (used && !Files.exists(root.resolve(MARK))) {
      throw CommandException.usage(
          root + " holds the data of `./streams up`; a demo begins with empty data.",
          "Take another folder: STREAMS_HOME=/tmp/demo ./streams demo."
              + " Or give the data up: ./streams down --wipe.");
    }
    if (used) {
      stack.wipe();
      stack = new HomeStack().stack();
    }
    try {
      Files.writeString(root.resolve(MARK), "The next demo removes what is in this folder.\n");
    } catch (IOException e) {
      throw CommandException.unreachable(
          "Cannot write into " + root + ": " + e.getMessage(),
          "Give a folder that you may write to in STREAMS_HOME.",
          e);
    }
    return stack;
  }
}
