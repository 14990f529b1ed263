package com.shareuptime.streams.progress;

import java.util.Map;
import java.util.TreeMap;

/**
 * The heartbeats that no watermark has reached yet, by their millisecond. Of several in one
 * millisecond the lowest counts: a watermark of that millisecond may stand for the first of them
 * alone. When there are too many, those that are close to another are forgotten: what is published
 * is then older than it could be, and still true.
 */
final class Beats {
  /** At four beats a second, three quarters of an hour in full detail. */
  static final int MAX = 10_000;

  record Beat(long micros, long lsn, long snapshot) {
    /** Positions rise within a snapshot; one of a later snapshot counts even if it is lower. */
    boolean isAfter(Beat other) {
      return other == null
          || (snapshot != other.snapshot ? snapshot > other.snapshot : lsn > other.lsn);
    }
  }

  private final TreeMap<Long, Beat> byMillis = new TreeMap<>();
  private long spacingMillis = 1;

  void add(long micros, long lsn, long snapshot) {
    byMillis.merge(
        Math.floorDiv(micros, 1000L),
        new Beat(micros, lsn, snapshot),
        (one, other) -> one.isAfter(other) ? other : one);
    if (byMillis.size() > MAX) {
      thin();
      while (byMillis.size() > MAX / 2) {
        spacingMillis *= 2;
        thin();
      }
    }
  }

  /** Evenly, so that a watermark far back still finds a beat shortly before it. */
  private void thin() {
    long[] next = {Long.MIN_VALUE};
    byMillis
        .keySet()
        .removeIf(
            millis -> {
              boolean close = millis < next[0];
              next[0] = close ? next[0] : millis + spacingMillis;
              return close;
            });
  }

  /** The newest beat at or before the watermark, forgotten with all before it; null if none is. */
  Beat reachedBy(long watermark) {
    Map.Entry<Long, Beat> newest = byMillis.floorEntry(watermark);
    if (newest == null) {
      return null;
    }
    byMillis.headMap(watermark, true).clear();
    if (byMillis.isEmpty()) {
      spacingMillis = 1;
    }
    return newest.getValue();
  }

  int size() {
    return byMillis.size();
  }
}
