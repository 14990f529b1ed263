package com.shareuptime.streams.contract.feed;

import java.util.List;

/**
 * The newest part, below a cursor, of a feed or timeline in Redis.
 *
 * @param entries newest first
 * @param mark above it nothing is missing in the zset
 * @param floor above it nothing is missing in {@code entries}; the mark, or higher where more could
 *     be read
 */
public record Slice(List<Cursor> entries, long mark, long floor) {
  public Slice {
    entries = List.copyOf(entries);
    if (floor < mark) {
      throw new IllegalArgumentException("floor " + floor + " lies below the mark " + mark);
    }
  }
}
