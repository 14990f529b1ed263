package com.shareuptime.streams.proof.bench.feedcost;

/**
 * CPU time of Redis, µs.
 *
 * @param push puts one post into one feed: a ZADD, and one 32nd of the script that trims
 * @param slice reads one author's timeline for a page of 20: ZSCORE, ZREVRANGEBYSCORE of 26 entries
 *     with scores, ZSCORE
 */
record UnitCosts(double push, double slice) {
  UnitCosts {
    if (push <= 0 || slice <= 0) {
      throw new IllegalArgumentException("Unit costs are above 0");
    }
  }
}
