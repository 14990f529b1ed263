package com.shareuptime.streams.proof.bench.counters;

import java.util.Optional;

/** Compares what one surface serves with what it must. */
final class Tally {
  private final Likes likes;
  private long sum;
  private long wrong;

  Tally(Likes likes) {
    this.likes = likes;
  }

  /** Takes the count of a post; each post once. */
  void serves(long post, long count) {
    sum += count;
    boolean known = post > 0 && post < likes.expected().length;
    if (!known || likes.expected()[(int) post] != count) {
      wrong++;
    }
  }

  /** A post that was not told of has no likes, so the sum tells of missing ones. */
  Optional<String> difference() {
    return sum == likes.count() && wrong == 0
        ? Optional.empty()
        : Optional.of(
            "%d posts are wrong, the sum is %d, not %d".formatted(wrong, sum, likes.count()));
  }
}
