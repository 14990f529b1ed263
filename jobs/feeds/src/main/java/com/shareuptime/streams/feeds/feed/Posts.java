package com.shareuptime.streams.feeds.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.LongArrays;
import java.util.Arrays;

/**
 * Posts with their positions, newest first by (position, id), each once. Immutable.
 *
 * @param positions {@code created_at} of each in epoch microseconds
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Posts(Ids ids, long[] positions) {
  /** No posts. */
  public static final Posts NONE = new Posts(Ids.NONE, new long[0]);

  /** A single post. */
  public static Posts of(Id id, long position) {
    return new Posts(Ids.of(id), new long[] {position});
  }

  /** As it is found in the dead letters. */
  @Override
  public String toString() {
    return ids + " at " + Arrays.toString(positions);
  }

  /** How many there are. */
  public int size() {
    return ids.size();
  }

  /** These with one more, or these if it is among them. */
  public Posts with(Id id, long position) {
    if (ids.indexOf(id) >= 0) {
      return this;
    }
    int at = 0;
    while (at < ids.size() && isNewer(at, id, position)) {
      at++;
    }
    return new Posts(ids.inserted(at, id), LongArrays.inserted(positions, at, position));
  }

  /** These without one. */
  public Posts without(Id id) {
    int at = ids.indexOf(id);
    return at < 0 ? this : new Posts(ids.removed(at), LongArrays.removed(positions, at));
  }

  /** The newest {@code count} of these. */
  public Posts newest(int count) {
    return count >= ids.size()
        ? this
        : new Posts(ids.range(0, count), Arrays.copyOf(positions, count));
  }

  private boolean isNewer(int at, Id id, long position) {
    return positions[at] > position || (positions[at] == position && ids.get(at).compareTo(id) > 0);
  }
}
