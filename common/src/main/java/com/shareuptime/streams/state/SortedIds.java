package com.shareuptime.streams.state;

import java.util.Arrays;

/** A set of ids as sorted numbers: what one bucket of a large set is kept as. */
public final class SortedIds {
  private SortedIds() {}

  /** The set with an id, or the very same array if the id is in it. */
  public static long[] with(long[] ids, long id) {
    if (ids == null) {
      return new long[] {id};
    }
    int found = Arrays.binarySearch(ids, id);
    if (found >= 0) {
      return ids;
    }
    int at = -found - 1;
    long[] more = new long[ids.length + 1];
    System.arraycopy(ids, 0, more, 0, at);
    more[at] = id;
    System.arraycopy(ids, at, more, at + 1, ids.length - at);
    return more;
  }

  /** The place of the first id above one that need not be in the set. */
  public static int after(long[] ids, long id) {
    int found = Arrays.binarySearch(ids, id);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The set without an id, or the very same array if the id is not in it. */
  public static long[] without(long[] ids, long id) {
    int found = ids == null ? -1 : Arrays.binarySearch(ids, id);
    if (found < 0) {
      return ids;
    }
    long[] fewer = new long[ids.length - 1];
    System.arraycopy(ids, 0, fewer, 0, found);
    System.arraycopy(ids, found + 1, fewer, found, fewer.length - found);
    return fewer;
  }
}
