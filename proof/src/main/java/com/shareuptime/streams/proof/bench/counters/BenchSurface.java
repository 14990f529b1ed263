package com.shareuptime.streams.proof.bench.counters;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** One place where counters are served, compared with the likes of a measurement. */
abstract class BenchSurface implements AutoCloseable {
  @FunctionalInterface
  interface Reader {
    void count(long post, long likes);
  }

  final Likes likes;
  private final long[] sample;

  BenchSurface(Likes likes, long[] sample) {
    this.likes = likes;
    this.sample = sample;
  }

  abstract String name();

  /** Reads the counts of some posts; what is absent may be left out. */
  abstract void read(long[] posts, Reader reader);

  /** Reads the counts of all measured posts. */
  abstract void readAll(Reader reader);

  @Override
  public abstract void close();

  /** Whether a sample of the posts shows what it must: cheap enough to ask ten times a second. */
  final boolean sampleIsExact() {
    LongAdder exact = new LongAdder();
    read(sample, (post, count) -> exact.add(likes.of(post) == count ? 1 : 0));
    return exact.sum() == sample.length;
  }

  /**
   * Compares every post and the sum of all; empty if all is exact, otherwise what is not. A post
   * that was not told of has no likes, so the sum tells of missing ones.
   */
  final Optional<String> difference() {
    LongAdder sum = new LongAdder();
    LongAdder wrong = new LongAdder();
    readAll(
        (post, count) -> {
          sum.add(count);
          wrong.add(likes.of(post) == count ? 0 : 1);
        });
    return sum.sum() == likes.count() && wrong.sum() == 0
        ? Optional.empty()
        : Optional.of(
            "%d posts are wrong, the sum is %d, not %d"
                .formatted(wrong.sum(), sum.sum(), likes.count()));
  }
}
