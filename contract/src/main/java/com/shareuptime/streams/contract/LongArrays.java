package com.shareuptime.streams.contract;

import java.util.Arrays;

/** Arrays of numbers that nobody changes: each change makes another. A set is kept sorted. */
public final class LongArrays {
  private LongArrays() {}

  /** These with one more at that place. */
  public static long[] inserted(long[] numbers, int at, long number) {
    long[] more = new long[numbers.length + 1];
    System.arraycopy(numbers, 0, more, 0, at);
    more[at] = number;
    System.arraycopy(numbers, at, more, at + 1, numbers.length - at);
    return more;
  }

  /** These without the one at that place. */
  public static long[] removed(long[] numbers, int at) {
    long[] fewer = new long[numbers.length - 1];
    System.arraycopy(numbers, 0, fewer, 0, at);
    System.arraycopy(numbers, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  /** Of a set: with a number, or the very same array if it is in it. */
  public static long[] with(long[] set, long number) {
    int found = Arrays.binarySearch(set, number);
    return found >= 0 ? set : inserted(set, -found - 1, number);
  }

  /** Of a set: without a number, or the very same array if it is not in it. */
  public static long[] without(long[] set, long number) {
    int found = Arrays.binarySearch(set, number);
    return found < 0 ? set : removed(set, found);
  }

  /** Of a set: the place of the first above a number, which need not be in it. */
  public static int after(long[] set, long number) {
    int found = Arrays.binarySearch(set, number);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
