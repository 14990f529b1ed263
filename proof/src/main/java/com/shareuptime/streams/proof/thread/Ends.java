package com.shareuptime.streams.proof.thread;

import java.util.ArrayDeque;
import java.util.Deque;

/** What ends with a command: what was added last ends first, and nothing twice. */
public final class Ends implements AutoCloseable {
  private final Deque<AutoCloseable> ends = new ArrayDeque<>();

  public synchronized <T extends AutoCloseable> T add(T end) {
    ends.push(end);
    return end;
  }

  @Override
  public synchronized void close() {
    while (!ends.isEmpty()) {
      try {
        ends.pop().close();
      } catch (Exception e) {
        System.err.println("While all was ended: " + e);
      }
    }
  }
}
