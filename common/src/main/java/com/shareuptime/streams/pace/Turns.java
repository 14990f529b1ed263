package com.shareuptime.streams.pace;

/** A token bucket: at which moment work of some size may be done, so that a rate is kept. */
public final class Turns {
  private final double perMilli;
  private double free;

  /**
   * @param perSecond units of work a second
   */
  public Turns(int perSecond) {
    this.perMilli = perSecond / 1000.0;
  }

  /** Takes the next turn for {@code size} units; returns after how many milliseconds it comes. */
  public long take(int size, long now) {
    free = Math.max(free, now);
    long wait = (long) (free - now);
    free += size / perMilli;
    return wait;
  }
}
