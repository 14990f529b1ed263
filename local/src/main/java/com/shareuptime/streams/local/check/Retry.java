package com.shareuptime.streams.local.check;

import java.util.function.Supplier;

/** Waits out a server that is away. */
final class Retry {
  private static final long PAUSE_MILLIS = 200;

  private Retry() {}

  static <T> T whileAway(Supplier<T> question) throws InterruptedException {
    while (true) {
      try {
        return question.get();
      } catch (SurfaceAwayException e) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
