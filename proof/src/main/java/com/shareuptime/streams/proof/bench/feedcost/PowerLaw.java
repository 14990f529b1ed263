package com.shareuptime.streams.proof.bench.feedcost;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleToIntFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * A graph in which the number of authors with f followers falls as f to the power of minus the
 * exponent. Every user is author and reader. Nothing is drawn: the i-th user of n has the
 * distribution's quantile (i + ½) / n, then all are scaled to the mean.
 *
 * <p>How many authors a reader follows is geometric: most follow fewer than the mean, one in a
 * hundred 4.6 times as many. That is an assumption; it decides the readers' percentiles, not the
 * totals.
 *
 * @param exponent of the density, above 1; between 2 and 3 in social networks, 2.3 for the
 *     followers on Twitter in 2009 (Kwak et al., "What is Twitter, a social network or a news
 *     media?", WWW 2010)
 */
record PowerLaw(int users, double meanFollows, double exponent) {

  PowerLaw {
    if (users < 2 || meanFollows <= 0 || meanFollows >= users || exponent <= 1) {
      throw new IllegalArgumentException(
          "A graph needs 2 users or more, a mean below their number and an exponent above 1");
    }
  }

  FollowGraph graph() {
    DoubleUnaryOperator pareto = above -> Math.pow(above, -1 / (exponent - 1));
    double sum = 0;
    for (int i = 0; i < users; i++) {
      sum += pareto.applyAsDouble(above(i));
    }
    double scale = meanFollows * users / sum;
    double another = meanFollows / (1 + meanFollows);
    return new FollowGraph(
        histogram(
            above -> (int) Math.min(users - 1, Math.round(scale * pareto.applyAsDouble(above)))),
        histogram(above -> (int) Math.min(users - 1, Math.log(above) / Math.log(another))));
  }

  private SortedMap<Integer, Long> histogram(DoubleToIntFunction quantile) {
    SortedMap<Integer, Long> users = new TreeMap<>();
    int last = -1;
    long same = 0;
    for (int i = 0; i < this.users; i++) {
      int next = quantile.applyAsInt(above(i));
      if (next != last && same > 0) {
        users.put(last, same);
        same = 0;
      }
      last = next;
      same++;
    }
    users.put(last, same);
    return users;
  }

  /** The share of users who lie above the i-th; it falls, so that numbers of followers rise. */
  private double above(int i) {
    return 1 - (i + 0.5) / users;
  }
}
