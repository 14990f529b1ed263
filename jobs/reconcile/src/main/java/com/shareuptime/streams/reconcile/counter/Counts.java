package com.shareuptime.streams.reconcile.counter;

import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.function.ToLongFunction;

/** The counts of a post or reel. */
public record Counts(long likes, long comments, long shares) {
  static final Counts ZERO = new Counts(0, 0, 0);

  /** Each of them no less than the least of these, and no more than the most. */
  public boolean liesWithin(Collection<Counts> states) {
    return isWithin(likes, states, Counts::likes)
        && isWithin(comments, states, Counts::comments)
        && isWithin(shares, states, Counts::shares);
  }

  private static boolean isWithin(
      long value, Collection<Counts> states, ToLongFunction<Counts> count) {
    LongSummaryStatistics all = states.stream().mapToLong(count).summaryStatistics();
    return value >= all.getMin() && value <= all.getMax();
  }

  /** As JSON: what a correction sends. */
  @Override
  public String toString() {
    return "{\"likes\":%d,\"comments\":%d,\"shares\":%d}".formatted(likes, comments, shares);
  }
}
