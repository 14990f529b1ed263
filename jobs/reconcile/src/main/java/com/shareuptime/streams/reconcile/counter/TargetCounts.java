package com.shareuptime.streams.reconcile.counter;

import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.function.ToLongFunction;

/** The counts of a post or reel. */
public record TargetCounts(long likes, long comments, long shares) {
  static final TargetCounts ZERO = new TargetCounts(0, 0, 0);

  /** Each of them no less than the least of these, and no more than the most. */
  public boolean liesWithin(Collection<TargetCounts> states) {
    return isWithin(likes, states, TargetCounts::likes)
        && isWithin(comments, states, TargetCounts::comments)
        && isWithin(shares, states, TargetCounts::shares);
  }

  private static boolean isWithin(
      long value, Collection<TargetCounts> states, ToLongFunction<TargetCounts> count) {
    LongSummaryStatistics all = states.stream().mapToLong(count).summaryStatistics();
    return value >= all.getMin() && value <= all.getMax();
  }

  /** As JSON: what a correction sends. */
  @Override
  public String toString() {
    return "{\"likes\":%d,\"comments\":%d,\"shares\":%d}".formatted(likes, comments, shares);
  }
}
