package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import java.time.Duration;
import java.util.List;

/**
 * How far surfaces have come, as readers are told: waits until all of them have passed a moment.
 */
final class SurfaceProgress {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Addresses addresses;
  private final List<String> surfaces;

  SurfaceProgress(Addresses addresses, List<String> surfaces) {
    this.addresses = addresses;
    this.surfaces = List.copyOf(surfaces);
  }

  /** All that has committed by now lies before it. */
  Lsn currentPosition() throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      return Retry.whileAway(() -> postgres.ask(WalPosition::read));
    }
  }

  /** False if some surface has not passed the position in time. */
  boolean awaitPassed(Lsn position, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (PostgresSurface postgres = new PostgresSurface(addresses);
        RedisSurface redis = new RedisSurface(addresses)) {
      while (System.nanoTime() < deadline) {
        boolean passed = true;
        for (CounterSurface surface : List.of(postgres, redis)) {
          passed &= Retry.whileAway(surface::progress).compareTo(position) >= 0;
        }
        for (String name : surfaces) {
          passed &= Retry.whileAway(() -> postgres.progressOf(name)).compareTo(position) >= 0;
        }
        if (passed) {
          return true;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
    return false;
  }
}
