package com.shareuptime.streams.proof.bench.relevance;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Normalised discounted cumulative gain: 1 for the best order possible, 0 for nothing relevant. A
 * grade g gains 2^g - 1, divided by log2(rank + 1).
 */
final class Ndcg {
  private Ndcg() {}

  /**
   * @param grades of what is relevant; all else is 0
   * @param depth how many places count
   */
  static double of(List<Long> ranking, Map<Long, Integer> grades, int depth) {
    List<Integer> found =
        ranking.stream().limit(depth).map(id -> grades.getOrDefault(id, 0)).toList();
    List<Integer> best =
        grades.values().stream().sorted(Comparator.reverseOrder()).limit(depth).toList();
    double ideal = gain(best);
    return ideal == 0 ? 0 : gain(found) / ideal;
  }

  private static double gain(List<Integer> grades) {
    double sum = 0;
    for (int i = 0; i < grades.size(); i++) {
      sum += (Math.pow(2, grades.get(i)) - 1) / (Math.log(i + 2) / Math.log(2));
    }
    return sum;
  }
}
