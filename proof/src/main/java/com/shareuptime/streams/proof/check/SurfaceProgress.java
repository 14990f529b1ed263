package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.List;

/**
 * How far surfaces have come, as readers are told: waits until all of them have passed a moment.
 */
final class SurfaceProgress {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final Product product;
  private final List<String> surfaces;

  SurfaceProgress(Product product, List<String> surfaces) {
    this.product = product;
    this.surfaces = List.copyOf(surfaces);
  }

  /** All that has committed by now lies before it. */
  Lsn currentPosition() throws InterruptedException {
    return PostgresSurface.await(product, PostgresSurface::insertPosition);
  }

  /** False if some surface has not passed the position in time. */
  boolean awaitPassed(Lsn position, Duration patience) throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product);
        RedisSurface redis = new RedisSurface(product)) {
      return Until.isTrue(
          patience,
          LOOK_EVERY,
          () -> {
            boolean passed = Retry.whileAway(redis::progress).compareTo(position) >= 0;
            for (String name : surfaces) {
              passed &= Retry.whileAway(() -> postgres.progressOf(name)).compareTo(position) >= 0;
            }
            return passed;
          });
    }
  }
}
