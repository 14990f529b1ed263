package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.util.Arrays;

/**
 * What a feed or a timeline should hold, newest first, as arrays: there are many.
 *
 * @param posts ids
 * @param positions of each, its {@code created_at} in epoch microseconds
 * @param authors of each
 */
record Entries(Ids posts, long[] positions, Ids authors) {
  /** Grows with each entry. */
  static final class Builder {
    private final Ids.Builder posts = new Ids.Builder();
    private final Ids.Builder authors = new Ids.Builder();
    private long[] positions = new long[16];

    void add(Id post, long position, Id author) {
      int size = posts.size();
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
      }
      positions[size] = position;
      posts.add(post);
      authors.add(author);
    }

    Entries build() {
      return new Entries(posts.build(), Arrays.copyOf(positions, posts.size()), authors.build());
    }
  }

  int size() {
    return posts.size();
  }
}
