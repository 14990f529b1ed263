package com.shareuptime.streams.proof.traffic;

import java.util.Set;

/**
 * How much of what to simulate.
 *
 * @param rate interactions a second on average; 0 = as fast as the servers take them
 * @param events interactions in all; 0 = until stopped
 * @param zipf exponent of the popularity of posts and reels; 0 = all alike
 * @param hotShare share of all interactions that go to one post, 0 to 1
 */
public record TrafficOptions(
    int rate, long events, long seed, double zipf, double hotShare, Set<Fault> faults) {
  public TrafficOptions {
    require(rate >= 0, "--rate must not be negative: " + rate);
    require(events >= 0, "--events must not be negative: " + events);
    require(zipf >= 0 && zipf <= 5, "--zipf must lie in 0 to 5: " + zipf);
    require(hotShare >= 0 && hotShare <= 1, "--hot-share must lie in 0 to 1: " + hotShare);
    faults = Set.copyOf(faults);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
