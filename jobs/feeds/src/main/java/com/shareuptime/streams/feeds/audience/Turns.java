package com.shareuptime.streams.feeds.audience;

/** A token bucket: at which moment work of some size may be done, so that a rate is kept. */
final class Turns {
  private final double perMilli;
  private double free;

  /**
   * @param perSecond units of work a second
   */
  Turns(int perSecond) {
    this.perMilli = perSecond / 1000.0;
  }

  /** Takes the next turn for {@code size} units; returns after how many milliseconds it comes. */
  long take(int size, long now) {
    free = Math.max(free, now);
    long wait = (long) (free - now);
    free += size / perMilli;
    return wait;
  }
}
