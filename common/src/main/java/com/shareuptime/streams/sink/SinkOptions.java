package com.shareuptime.streams.sink;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a coalescing sink behaves.
 *
 * @param job the job, for dead letters
 * @param surface what is written, as progress calls it: {@code counters.redis}
 * @param interval how long a value waits at most before its write starts, while the server keeps up
 * @param batchSize keys in one call of the writer; this many pending keys start a write before the
 *     interval is over
 * @param maxPendingKeys bound of memory: above it the sink holds its input back
 * @param minBackoff pause after the first failure; doubled at each further one
 * @param maxBackoff the longest pause between two tries
 * @param drainsAtCheckpoints whether a checkpoint waits until all is written, instead of keeping
 *     what is not: for values that must not be written again after later ones of a run that failed
 */
public record SinkOptions(
    String job,
    String surface,
    Duration interval,
    int batchSize,
    int maxPendingKeys,
    Duration minBackoff,
    Duration maxBackoff,
    boolean drainsAtCheckpoints)
    implements Serializable {

  public SinkOptions {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "interval of " + surface + " must be above 0: " + interval);
    }
    if (batchSize < 1 || maxPendingKeys < batchSize) {
      throw new IllegalArgumentException(
          "%s needs 1 <= batch size (%d) <= pending keys (%d)"
              .formatted(surface, batchSize, maxPendingKeys));
    }
    if (minBackoff.toMillis() < 1 || maxBackoff.compareTo(minBackoff) < 0) {
      throw new IllegalArgumentException(
          "%s needs 1 ms <= shortest pause (%s) <= longest (%s)"
              .formatted(surface, minBackoff, maxBackoff));
    }
  }

  /**
   * Defaults: batches of 5,000, a million pending keys (some 200 MB), pauses of 50 ms up to 1 s, so
   * that a server that is back is noticed within a second.
   */
  public static SinkOptions of(String job, String surface, Duration interval) {
    return new SinkOptions(
        job,
        surface,
        interval,
        5_000,
        1_000_000,
        Duration.ofMillis(50),
        Duration.ofSeconds(1),
        false);
  }

  /** The same with another batch size. */
  public SinkOptions withBatchSize(int size) {
    return new SinkOptions(
        job, surface, interval, size, maxPendingKeys, minBackoff, maxBackoff, drainsAtCheckpoints);
  }

  /** The same with another bound of memory. */
  public SinkOptions withMaxPendingKeys(int keys) {
    return new SinkOptions(
        job, surface, interval, batchSize, keys, minBackoff, maxBackoff, drainsAtCheckpoints);
  }

  /** The same, but a checkpoint waits until all is written. */
  public SinkOptions drainingAtCheckpoints() {
    return new SinkOptions(
        job, surface, interval, batchSize, maxPendingKeys, minBackoff, maxBackoff, true);
  }
}
