package com.shareuptime.streams.proof.bench.feedcost;

import java.util.Map;
import java.util.SortedMap;

/**
 * Who is followed by how many: all that the cost of fan-out depends on. Its edges are never listed,
 * so a graph of 10 million users and a billion follows is a few thousand pairs of numbers.
 *
 * @param authors number of followers → authors who have so many
 * @param readers number of authors followed → readers who follow so many
 */
public record FollowGraph(SortedMap<Integer, Long> authors, SortedMap<Integer, Long> readers) {

  /** Follows in all, counted at the authors. */
  long edges() {
    return ends(authors);
  }

  long authorCount() {
    return sum(authors);
  }

  long readerCount() {
    return sum(readers);
  }

  /** Followers of the author who has most. */
  int mostFollowers() {
    return authors.lastKey();
  }

  /** Authors whom a reader follows, on average. */
  double meanFollows() {
    return (double) ends(readers) / readerCount();
  }

  private static long sum(Map<Integer, Long> histogram) {
    return histogram.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long ends(Map<Integer, Long> histogram) {
    return histogram.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
  }
}
