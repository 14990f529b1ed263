package com.shareuptime.streams.proof.thread;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** So many turns a second, each at its time from the making of this on. For use by one thread. */
public final class SteadyPace {
  private final long begin = System.nanoTime();
  private final long interval;

  public SteadyPace(int perSecond) {
    this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Returns when the turn of that number, from 0 on, is due. */
  public void await(int turn) {
    long due = begin + turn * interval;
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
