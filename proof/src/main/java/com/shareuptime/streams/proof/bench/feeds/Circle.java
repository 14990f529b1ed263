package com.shareuptime.streams.proof.bench.feeds;

import java.util.stream.LongStream;

/**
 * Authors who all have equally many followers, out of readers who all follow as many of them as
 * others do.
 *
 * @param firstAuthor the authors' ids go on from this
 * @param followers of each author, at most as many as there are readers
 * @param readers have the ids from 1 to this
 */
record Circle(long firstAuthor, int authors, int followers, int readers) {
  /** The author whose turn the post of this number is. */
  long author(long turn) {
    return firstAuthor + turn % authors;
  }

  long[] followers(long author) {
    long from = (author - firstAuthor) * followers;
    return LongStream.range(from, from + followers).map(i -> 1 + i % readers).toArray();
  }
}
