package com.shareuptime.streams.proof.check;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits out a server that is away. */
final class Retry {
  private static final long PAUSE_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Retry() {}

  /**
   * @throws SurfaceAwayException if it has not come back after minutes
   */
  static <T> T whileAway(Supplier<T> question) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return question.get();
      } catch (SurfaceAwayException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
