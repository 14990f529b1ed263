package com.shareuptime.streams.proof.thread;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM alive. */
public final class Daemon {
  private Daemon() {}

  public static Thread start(String name, Runnable work) {
    return start(new Thread(work, name));
  }

  public static Thread start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** For executors. */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
