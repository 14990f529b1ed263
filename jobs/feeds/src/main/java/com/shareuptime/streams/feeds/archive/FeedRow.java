package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.contract.Id;
import java.util.Comparator;

/**
 * A row of {@code streams.user_feeds}.
 *
 * @param at the post's position, microseconds since the epoch
 */
record FeedRow(Id user, Id post, Id author, long at) {
  private static final long WEEK_MICROS = 7L * 24 * 60 * 60 * 1_000_000;

  /** From a Monday, as the table's weeks begin, to the epoch, which is a Thursday. */
  private static final long MONDAY_TO_EPOCH = 3L * 24 * 60 * 60 * 1_000_000;

  /** Partition by partition, and in each in the order of its index. */
  static final Comparator<FeedRow> IN_ORDER_OF_THE_TABLE =
      Comparator.comparingLong(FeedRow::week)
          .thenComparing(FeedRow::user)
          .thenComparing(Comparator.comparingLong(FeedRow::at).reversed())
          .thenComparing(FeedRow::post, Comparator.reverseOrder());

  private long week() {
    return Math.floorDiv(at + MONDAY_TO_EPOCH, WEEK_MICROS);
  }
}
