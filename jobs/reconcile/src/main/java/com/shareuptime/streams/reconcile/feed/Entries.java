package com.shareuptime.streams.reconcile.feed;

import java.util.Arrays;

/**
 * What a feed or a timeline should hold, newest first, as arrays: there are many.
 *
 * @param posts ids
 * @param positions of each, its {@code created_at} in epoch microseconds
 * @param authors of each
 */
record Entries(long[] posts, long[] positions, long[] authors) {
  /** Grows with each entry. */
  static final class Builder {
    private long[] posts = new long[16];
    private long[] positions = new long[16];
    private long[] authors = new long[16];
    private int size;

    void add(long post, long position, long author) {
      if (size == posts.length) {
        posts = Arrays.copyOf(posts, 2 * size);
        positions = Arrays.copyOf(positions, 2 * size);
        authors = Arrays.copyOf(authors, 2 * size);
      }
      posts[size] = post;
      positions[size] = position;
      authors[size++] = author;
    }

    Entries build() {
      return new Entries(
          Arrays.copyOf(posts, size), Arrays.copyOf(positions, size), Arrays.copyOf(authors, size));
    }
  }

  int size() {
    return posts.length;
  }
}
