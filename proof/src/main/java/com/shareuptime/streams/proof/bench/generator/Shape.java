package com.shareuptime.streams.proof.bench.generator;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** How traffic is spread over posts. */
public enum Shape {
  /** 100,000 posts, all as popular. */
  UNIFORM(100_000),
  /** 1,000,000 posts, the one of rank r with a weight of 1 / r. */
  ZIPF(1_000_000),
  /** As uniform, but every other event is about one post. */
  HOT(100_000);

  private final int posts;

  Shape(int posts) {
    this.posts = posts;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Posts have the ids from 1 to this. */
  public int posts() {
    return posts;
  }

  /** The posts that {@code events} events are about, in order. */
  public int[] draw(int events, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] drawn = new int[events];
    double[] cumulative = this == ZIPF ? cumulative(posts) : null;
    for (int i = 0; i < events; i++) {
      drawn[i] =
          switch (this) {
            case UNIFORM -> 1 + random.nextInt(posts);
            case ZIPF -> scatter(rank(cumulative, random.nextDouble()));
            case HOT -> random.nextBoolean() ? 1 : 1 + random.nextInt(posts);
          };
    }
    return drawn;
  }

  private static double[] cumulative(int size) {
    double[] sums = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += 1.0 / (rank + 1);
      sums[rank] = sum;
    }
    return sums;
  }

  private static int rank(double[] cumulative, double at) {
    int found = Arrays.binarySearch(cumulative, at * cumulative[cumulative.length - 1]);
    return Math.min(found >= 0 ? found : -found - 1, cumulative.length - 1);
  }

  /** Popular posts are not neighbours: a bijection, as the factor and the size share no divisor. */
  private int scatter(int rank) {
    return (int) (1 + rank * 611_953L % posts);
  }
}
