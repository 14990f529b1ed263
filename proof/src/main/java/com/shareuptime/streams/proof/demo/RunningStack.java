package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.thread.Ends;
import java.util.Arrays;

/**
 * The stack of a demo and all that works on it. All of it ends with the command, also by Ctrl-C or
 * SIGTERM: what was added last ends first, the servers last.
 */
final class RunningStack implements AutoCloseable {
  private final LocalStack stack;
  private final Ends ends = new Ends();
  private boolean ended;

  RunningStack(LocalStack stack) {
    this.stack = stack;
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "demo-end"));
  }

  LocalStack stack() {
    return stack;
  }

  /** Valid as soon as Postgres has been started once. */
  Addresses addresses() {
    return Addresses.of(stack);
  }

  <T extends AutoCloseable> T add(T end) {
    return ends.add(end);
  }

  /** Waits for the end if it has begun. */
  synchronized boolean hasEnded() {
    return ended;
  }

  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    ends.close();
    // a server whose start was under way may have come up meanwhile
    for (int round = 0; round < 3 && (round == 0 || isAnyRunning()); round++) {
      stack.close();
    }
  }

  private boolean isAnyRunning() {
    return Arrays.stream(Server.values()).anyMatch(stack::isRunning);
  }
}
