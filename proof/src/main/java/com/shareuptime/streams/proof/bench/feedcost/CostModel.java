package com.shareuptime.streams.proof.bench.feedcost;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Costs by threshold. For an author with f followers, of whom the share a is active, and p posts a
 * day:
 *
 * <ul>
 *   <li>pushed (a·f ≤ threshold): p·a·f pushes a day;
 *   <li>pulled (a·f &gt; threshold): a·f·r slices a day, r being the pages that a reader reads:
 *       each page of each active follower reads the timeline.
 * </ul>
 *
 * So the number of followers cancels out: pushing an author costs less as long as the author posts
 * less often than {@link #breakEvenPosts}. A threshold of followers can only save CPU time as far
 * as authors with many followers post more.
 *
 * <p>What no threshold changes is left out: the write of a timeline for each post (pushed or not),
 * the read of the feed and of the pull set for each page.
 */
final class CostModel {
  /** Nobody is pulled. */
  static final int NONE = Integer.MAX_VALUE;

  private static final int FIRST = 100;
  private static final int STEPS_A_DECADE = 20;
  private static final double DAY_SECONDS = 86_400;

  private final FollowGraph graph;
  private final Load load;
  private final UnitCosts costs;
  private final double postsOfOneFollower;

  CostModel(FollowGraph graph, Load load, UnitCosts costs) {
    this.graph = graph;
    this.load = load;
    this.costs = costs;
    double weights =
        graph.authors().entrySet().stream()
            .mapToDouble(e -> e.getValue() * weight(e.getKey()))
            .sum();
    this.postsOfOneFollower = load.postsPerDay() * graph.authorCount() / weights;
  }

  Cost at(int threshold) {
    long celebrities = 0;
    double pushes = 0;
    double pushed = 0;
    double pulled = 0;
    double largest = 0;
    for (Map.Entry<Integer, Long> some : graph.authors().entrySet()) {
      double active = load.active() * some.getKey();
      double edges = active * some.getValue();
      if (active > threshold) {
        celebrities += some.getValue();
        pulled += edges;
      } else {
        pushed += edges;
        pushes += edges * postsPerDay(some.getKey()) / DAY_SECONDS;
        largest = active;
      }
    }
    double slices = pulled * load.readsPerDay() / DAY_SECONDS;
    return new Cost(
        threshold,
        celebrities,
        pushes,
        pushed,
        pulled,
        slices,
        pushes * costs.push(),
        slices * costs.slice(),
        largest * costs.push());
  }

  /** By thresholds in equal steps of their logarithm, up to the first that pulls nobody. */
  List<Cost> curve() {
    int steps = (int) Math.ceil(STEPS_A_DECADE * Math.log10(Math.max(1, mostActive() / FIRST)));
    return IntStream.rangeClosed(0, steps)
        .mapToObj(i -> at((int) Math.ceil(FIRST * Math.pow(10, (double) i / STEPS_A_DECADE))))
        .toList();
  }

  /** The cheapest of the {@link #curve}; of equals the lowest threshold. */
  Cost cheapest() {
    return curve().stream().min(Comparator.comparingDouble(Cost::totalMicros)).orElseThrow();
  }

  /**
   * Thresholds of the {@link #curve} that cost at most so many times what the cheapest costs,
   * around it.
   */
  List<Cost> within(double factor) {
    double most = factor * cheapest().totalMicros();
    return curve().stream().filter(cost -> cost.totalMicros() <= most).toList();
  }

  /** Posts a day up to which pushing an author costs less than pulling. */
  double breakEvenPosts() {
    return load.readsPerDay() * costs.slice() / costs.push();
  }

  /** Posts a day of an author with so many followers. */
  double postsPerDay(int followers) {
    return postsOfOneFollower * weight(followers);
  }

  double postsPerSecond() {
    return load.postsPerDay() * graph.authorCount() / DAY_SECONDS;
  }

  double pagesPerSecond() {
    return load.active() * graph.readerCount() * load.readsPerDay() / DAY_SECONDS;
  }

  /** Active followers of the author who has most. */
  double mostActive() {
    return load.active() * graph.mostFollowers();
  }

  private double weight(int followers) {
    return Math.pow(Math.max(1, followers), load.postGrowth());
  }
}
