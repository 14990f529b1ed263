package com.shareuptime.streams.counters.event;

import java.util.Arrays;

/**
 * Tells which ids are surely new: a Bloom filter for each of the two latest periods of one horizon.
 * It only spares a look into the state, which alone says that an id was seen: a filter that is too
 * full, or an event from before both periods, merely costs that look.
 *
 * <p>Each id has four bits of one word (a "blocked" filter: one cache miss an id). Of 6 million ids
 * in a horizon it mistakes 1 in 500, of 36 million 1 in 5. Holds 32 MB with as many words as it has
 * by default.
 */
final class RecentIds {
  /** As many as a subtask can afford. */
  static final int WORDS = 1 << 21;

  private final long horizon;
  private final long completeFrom;

  private long[] current;
  private long[] previous;
  private long period = Integer.MIN_VALUE;

  /**
   * @param horizon milliseconds; an id seen longer ago counts as new
   * @param completeFrom epoch ms: what is appended from then on repeats no id but those added here
   * @param words a power of two
   */
  RecentIds(long horizon, long completeFrom, int words) {
    this.current = new long[words];
    this.previous = new long[words];
    this.horizon = horizon;
    this.completeFrom = completeFrom;
  }

  /** Whether no id with this fingerprint was added that could be a repeat's first. */
  boolean surelyNew(long fingerprint, long appendedAt) {
    if (appendedAt < completeFrom) {
      return false;
    }
    advance(Math.floorDiv(appendedAt, horizon));
    if (appendedAt < period * horizon) {
      return false; // its first may lie before both periods
    }
    long bits = bits(fingerprint);
    int word = word(fingerprint);
    return (current[word] & bits) != bits && (previous[word] & bits) != bits;
  }

  /** Remembers an id that was appended at this time. */
  void add(long fingerprint, long appendedAt) {
    advance(Math.floorDiv(appendedAt, horizon));
    // later than it is does no harm, and earlier ones are not asked for
    current[word(fingerprint)] |= bits(fingerprint);
  }

  private void advance(long to) {
    if (to <= period) {
      return;
    }
    long[] oldest = previous;
    previous = current;
    current = oldest;
    Arrays.fill(current, 0);
    if (to - period > 1) {
      Arrays.fill(previous, 0);
    }
    period = to;
  }

  // the lowest bits are the shard's
  private int word(long fingerprint) {
    return (int) (fingerprint >>> 13) & current.length - 1;
  }

  private static long bits(long fingerprint) {
    return 1L << (fingerprint >>> 40)
        | 1L << (fingerprint >>> 46)
        | 1L << (fingerprint >>> 52)
        | 1L << (fingerprint >>> 58);
  }
}
