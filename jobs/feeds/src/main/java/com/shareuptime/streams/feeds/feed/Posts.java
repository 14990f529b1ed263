package com.shareuptime.streams.feeds.feed;

import java.util.Arrays;

/**
 * Posts with their positions, newest first by (position, id), each once. Immutable.
 *
 * @param ids post ids
 * @param positions {@code created_at} of each in epoch microseconds
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Posts(long[] ids, long[] positions) {
  /** No posts. */
  public static final Posts NONE = new Posts(new long[0], new long[0]);

  /** A single post. */
  public static Posts of(long id, long position) {
    return new Posts(new long[] {id}, new long[] {position});
  }

  /** As it is found in the dead letters. */
  @Override
  public String toString() {
    return Arrays.toString(ids) + " at " + Arrays.toString(positions);
  }

  /** How many there are. */
  public int size() {
    return ids.length;
  }

  /** These with one more, or these if it is among them. */
  public Posts with(long id, long position) {
    if (contains(id)) {
      return this;
    }
    int at = 0;
    while (at < ids.length && isNewer(at, id, position)) {
      at++;
    }
    return new Posts(inserted(ids, at, id), inserted(positions, at, position));
  }

  /** These without one. */
  public Posts without(long id) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == id) {
        return new Posts(removed(ids, i), removed(positions, i));
      }
    }
    return this;
  }

  /** The newest {@code count} of these. */
  public Posts newest(int count) {
    return count >= ids.length
        ? this
        : new Posts(Arrays.copyOf(ids, count), Arrays.copyOf(positions, count));
  }

  private boolean contains(long id) {
    for (long known : ids) {
      if (known == id) {
        return true;
      }
    }
    return false;
  }

  private boolean isNewer(int at, long id, long position) {
    return positions[at] > position || (positions[at] == position && ids[at] > id);
  }

  private static long[] inserted(long[] from, int at, long value) {
    long[] to = new long[from.length + 1];
    System.arraycopy(from, 0, to, 0, at);
    to[at] = value;
    System.arraycopy(from, at, to, at + 1, from.length - at);
    return to;
  }

  private static long[] removed(long[] from, int at) {
    long[] to = new long[from.length - 1];
    System.arraycopy(from, 0, to, 0, at);
    System.arraycopy(from, at + 1, to, at, to.length - at);
    return to;
  }
}
