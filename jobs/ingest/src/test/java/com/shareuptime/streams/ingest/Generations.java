package com.shareuptime.streams.ingest;

import java.util.Arrays;

/**
 * Learns, from end markers and heartbeats, which generation of a table is complete: the newest that
 * every partition of its topic has shown. Monotone; repeats change nothing.
 */
final class Generations {
  private long[] shown = new long[0];
  private long complete;

  /**
   * Notes that {@code partition} holds all of {@code generation}.
   *
   * @return whether the complete generation has moved
   */
  boolean observe(int partition, int partitions, long generation) {
    if (partitions > shown.length) {
      shown = Arrays.copyOf(shown, partitions);
    }
    if (shown[partition] >= generation) {
      return false;
    }
    shown[partition] = generation;
    long least = Arrays.stream(shown).min().orElse(0);
    if (least <= complete) {
      return false;
    }
    complete = least;
    return true;
  }

  /** The newest complete generation, 0 while none is known. */
  long complete() {
    return complete;
  }
}
