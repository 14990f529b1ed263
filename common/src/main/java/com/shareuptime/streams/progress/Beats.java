package com.shareuptime.streams.progress;

import java.util.Map;
import java.util.TreeMap;

/**
 * The heartbeats that no watermark has reached yet, by their millisecond. Of several in one
 * millisecond the lowest counts: a watermark of that millisecond may stand for the first of them
 * alone. When there are too many, every other one is forgotten: what is published is then older
 * than it could be, and still true.
 */
final class Beats {
  /** At four beats a second, three quarters of an hour in full detail. */
  static final int MAX = 10_000;

  record Beat(long micros, long lsn) {}

  private final TreeMap<Long, Beat> byMillis = new TreeMap<>();

  void add(long micros, long lsn) {
    byMillis.merge(
        Math.floorDiv(micros, 1000L),
        new Beat(micros, lsn),
        (one, other) -> one.lsn() <= other.lsn() ? one : other);
    if (byMillis.size() > MAX) {
      boolean[] keep = {false};
      byMillis.keySet().removeIf(millis -> keep[0] = !keep[0]);
    }
  }

  /**
   * The newest beat at or before the watermark, which is forgotten with all before it; null if
   * there is none.
   */
  Beat reachedBy(long watermark) {
    Map.Entry<Long, Beat> newest = byMillis.floorEntry(watermark);
    if (newest == null) {
      return null;
    }
    byMillis.headMap(watermark, true).clear();
    return newest.getValue();
  }

  int size() {
    return byMillis.size();
  }
}
