package com.shareuptime.streams.proof.bench.feedcost;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How many timelines a reader's page merges.
 *
 * @param mean over all readers, exact
 * @param p50 of a sample of readers, as the others are
 */
record PulledAuthors(double mean, int p50, int p99, int max) {
  private static final int SAMPLE = 100_000;

  /**
   * Each follow of a reader leads to a pulled author with the probability of their share of all
   * follows, independently: a reader's number of them is binomial over the number of follows. The
   * same seed draws the same for all thresholds, so no reader ever pulls more at a higher one.
   */
  static PulledAuthors of(FollowGraph graph, Cost cost, long seed) {
    double share = cost.pulledEdges() / (cost.pulledEdges() + cost.pushedEdges());
    SplittableRandom random = new SplittableRandom(seed);
    int[] follows = sample(graph, random);
    int[] pulled = new int[SAMPLE];
    for (int reader = 0; reader < SAMPLE; reader++) {
      int count = 0;
      for (int follow = 0; follow < follows[reader]; follow++) {
        if (random.nextDouble() < share) {
          count++;
        }
      }
      pulled[reader] = (int) Math.min(cost.celebrities(), count);
    }
    Arrays.sort(pulled);
    return new PulledAuthors(
        share * graph.meanFollows(),
        pulled[SAMPLE / 2],
        pulled[SAMPLE * 99 / 100],
        pulled[SAMPLE - 1]);
  }

  /** Numbers of authors followed. */
  private static int[] sample(FollowGraph graph, SplittableRandom random) {
    double[] at = random.doubles(SAMPLE).map(d -> d * graph.readerCount()).sorted().toArray();
    int[] follows = new int[SAMPLE];
    int next = 0;
    double below = 0;
    for (Map.Entry<Integer, Long> some : graph.readers().entrySet()) {
      below += some.getValue();
      while (next < SAMPLE && at[next] < below) {
        follows[next++] = some.getKey();
      }
    }
    return follows;
  }
}
