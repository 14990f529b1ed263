package com.shareuptime.streams.proof.bench.feeds;

import java.util.stream.LongStream;

/**
 * Posts of authors in turn, one a second, and readers who follow some of those whose posts are
 * pushed and pull a few others. Post and author ids begin at 1.
 *
 * @param posts a multiple of the authors
 * @param pulled authors from 1 to this are pulled, the others pushed
 */
record History(int posts, int authors, int pulled, int readers) {
  static final int PULLED_EACH = 5;
  static final int PUSHED_EACH = 80;

  private static final long FIRST_READER = 1_000_001;
  private static final long FIRST_MICROS = 1_700_000_000_000_000L;
  private static final long SECOND = 1_000_000;

  /** Ids of readers go on from this. */
  long reader(int number) {
    return FIRST_READER + number;
  }

  /** Epoch microseconds of a post. */
  static long position(long post) {
    return FIRST_MICROS + post * SECOND;
  }

  long[] pulledBy(int reader) {
    return LongStream.range(0, PULLED_EACH)
        .map(i -> 1 + (reader * (long) PULLED_EACH + i) % pulled)
        .toArray();
  }

  long[] pushedTo(int reader) {
    return LongStream.range(0, PUSHED_EACH)
        .map(i -> 1 + pulled + (reader * 7L + i) % (authors - pulled))
        .toArray();
  }

  /** The newest posts of some authors, newest first. */
  long[] newest(long[] some, int count) {
    long[] descending = LongStream.of(some).map(author -> -author).sorted().toArray();
    int rounds = posts / authors;
    return LongStream.range(0, rounds)
        .map(ago -> (rounds - 1 - ago) * authors)
        .flatMap(before -> LongStream.of(descending).map(author -> before - author))
        .limit(count)
        .toArray();
  }
}
