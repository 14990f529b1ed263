package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.proof.bench.generator.Shape;
import java.util.Arrays;

/**
 * The likes of one measurement: which post each is about, and so how many each must have. No two
 * are of the same user.
 *
 * @param posts the post of each like, in order
 * @param expected likes by post id; 0 is no post
 */
record Likes(int[] posts, int[] expected) {
  static Likes of(Shape shape, int events, long seed) {
    int[] posts = shape.draw(events, seed);
    int[] expected = new int[shape.posts() + 1];
    for (int post : posts) {
      expected[post]++;
    }
    return new Likes(posts, expected);
  }

  /** How many a post must have; −1 if there is none of that id. */
  long of(long post) {
    return post > 0 && post < expected.length ? expected[(int) post] : -1;
  }

  int count() {
    return posts.length;
  }

  /** Up to {@code size} liked posts, from all over their range. */
  long[] sample(int size) {
    long[] sample = new long[size];
    int found = 0;
    int step = Math.max(1, expected.length / size);
    for (int post = 1; post < expected.length && found < size; post += step) {
      if (expected[post] > 0) {
        sample[found++] = post;
      }
    }
    return Arrays.copyOf(sample, found);
  }
}
