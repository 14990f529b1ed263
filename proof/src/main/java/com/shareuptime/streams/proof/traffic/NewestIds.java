package com.shareuptime.streams.proof.traffic;

import java.util.SplittableRandom;

/**
 * Some of the newest ids, to pick from; older ones are forgotten, so that a long run stays small.
 */
final class NewestIds {
  private static final int CAPACITY = 64;

  private final long[] ids = new long[CAPACITY];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  void add(long id, SplittableRandom random) {
    if (size < CAPACITY) {
      ids[size++] = id;
    } else {
      ids[random.nextInt(CAPACITY)] = id;
    }
  }

  long any(SplittableRandom random) {
    return ids[random.nextInt(size)];
  }

  long take(SplittableRandom random) {
    int at = random.nextInt(size);
    long id = ids[at];
    ids[at] = ids[--size];
    return id;
  }
}
