package com.shareuptime.streams.client;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.resps.Tuple;

/**
 * What one feed or timeline answered. The mark is asked for before and after the entries: missing
 * before, the zset is being built; raised meanwhile, entries may have been trimmed that were not
 * read.
 *
 * @param before the sentinel's score; null where there is none
 * @param entries from the cursor's position down, in the order of Redis
 * @param limit how many were asked for; negative for all
 */
record ZsetReply(Double before, List<Tuple> entries, Double after, int limit) {
  static final String SENTINEL = "~";

  /** In the year 2255, the farthest score: what is there may be of any later time. */
  private static final long FARTHEST = (1L << 53) - 1;

  boolean isThere() {
    return before != null && after != null;
  }

  Slice slice(Origin origin, Cursor below) {
    long mark = position(Math.max(before, after));
    boolean reachesMark = limit < 0 || entries.size() < limit;
    long lowest = mark;
    List<Cursor> found = new ArrayList<>(entries.size());
    for (Tuple tuple : entries) {
      if (tuple.getElement().equals(SENTINEL)) {
        reachesMark = true;
        break;
      }
      lowest = position(tuple.getScore());
      Cursor entry = new Cursor(lowest, Long.parseLong(tuple.getElement()));
      if (entry.isOlderThan(below) || (lowest > FARTHEST && below.createdAt() >= FARTHEST)) {
        found.add(entry);
      }
    }
    // above the last entry only: Redis orders ties as text, so some of them may be cut off
    return new Slice(origin, found, mark, reachesMark ? mark : Math.max(mark, lowest));
  }

  /** Its own position is no newer than this. */
  private static long position(double score) {
    return score < FARTHEST ? (long) score : Long.MAX_VALUE;
  }
}
