package com.shareuptime.streams.proof.traffic;

import java.util.concurrent.TimeUnit;

/**
 * Hands out interactions at a rate: in every ten seconds one second has three times the average,
 * the others a little less.
 */
final class Pacer {
  private static final int SLICES_PER_SECOND = 5;
  private static final int UNLIMITED_SLICE = 5_000;
  private static final int PERIOD_S = 10;
  private static final double BURST = 3.0;
  private static final double CALM = (PERIOD_S - BURST) / (PERIOD_S - 1);

  private final int rate;
  private final long start = System.nanoTime();
  private double owed;
  private long slice;

  Pacer(int rate) {
    this.rate = rate;
  }

  /** Waits until some are due; what was missed while a server was away is not made up for. */
  int await() throws InterruptedException {
    if (rate == 0) {
      return UNLIMITED_SLICE;
    }
    int due = 0;
    while (due == 0) {
      long now = System.nanoTime() - start;
      long at = slice * TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;
      if (at > now) {
        TimeUnit.NANOSECONDS.sleep(at - now);
      } else if (now - at > TimeUnit.SECONDS.toNanos(1)) {
        slice = now * SLICES_PER_SECOND / TimeUnit.SECONDS.toNanos(1);
      }
      boolean burst = slice / SLICES_PER_SECOND % PERIOD_S == 0;
      owed += (burst ? BURST : CALM) * rate / SLICES_PER_SECOND;
      due = (int) owed;
      owed -= due;
      slice++;
    }
    return due;
  }
}
