package com.shareuptime.streams.simulation;

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

  /** The same clock for code that asks Java's. */
  public java.time.Clock asJavaClock() {
    return new JavaClock(this);
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

  private static final class JavaClock extends java.time.Clock {
    private final SimulatedClock clock;

    JavaClock(SimulatedClock clock) {
      this.clock = clock;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public java.time.Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(clock.now);
    }
  }
}
