package com.shareuptime.streams.proof.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which fault comes next, drawn from a seed: each of them once, in any order, then each of them
 * once more. Not thread-safe.
 */
final class Schedule {
  private static final int CALM_FROM_MS = 2_000;
  private static final int CALM_TO_MS = 15_000;

  /**
   * A fault that is due.
   *
   * @param calm how long all goes well before it
   * @param random decides its details
   */
  record Entry(int number, SuiteFault fault, Duration calm, SplittableRandom random) {}

  private final List<SuiteFault> kinds;
  private final SplittableRandom random;
  private final List<SuiteFault> left = new ArrayList<>();
  private int number;

  Schedule(List<SuiteFault> kinds, long seed) {
    this.kinds = List.copyOf(kinds);
    this.random = new SplittableRandom(seed);
  }

  Entry next() {
    if (left.isEmpty()) {
      left.addAll(kinds);
    }
    SuiteFault fault = left.remove(random.nextInt(left.size()));
    Duration calm = Duration.ofMillis(random.nextInt(CALM_FROM_MS, CALM_TO_MS));
    return new Entry(++number, fault, calm, random.split());
  }
}
