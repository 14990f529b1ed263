package com.shareuptime.streams.simulation;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.flink.util.clock.Clock;

/** The one clock of a history: every machine's, and the database's. It moves when it is told to. */
public final class SimulatedClock extends Clock {
  private long now;

  /**
   * @param start epoch milliseconds
   */
  public SimulatedClock(long start) {
    this.now = start;
  }

  /** Epoch milliseconds. */
  public long now() {
    return now;
  }

  /** Lets time pass. */
  public void advance(long millis) {
    now += millis;
  }

  @Override
  public long absoluteTimeMillis() {
    return now;
  }

  @Override
  public long relativeTimeMillis() {
    return now;
  }

  @Override
  public long relativeTimeNanos() {
    return now * 1_000_000;
  }

  /** That of the current history, for code that asks Java's. */
  static final class OfCurrent extends java.time.Clock implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public long millis() {
      return Simulation.current().now();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }
}
