package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.client.Completeness.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedMetricsTest {
  private static final FeedPage EMPTY =
      new FeedPage(List.of(), Optional.empty(), Completeness.none(State.UNREACHABLE), 0);

  @Test
  void percentilesAreAtMostAFifthTooHigh() {
    FeedMetrics metrics = new FeedMetrics();
    for (int millis = 1; millis <= 1_000; millis++) {
      metrics.read(EMPTY, Duration.ofMillis(millis).toNanos());
    }
    FeedMetrics.Snapshot snapshot = metrics.snapshot();
    assertThat(snapshot.p50()).isBetween(Duration.ofMillis(500), Duration.ofMillis(600));
    assertThat(snapshot.p99()).isBetween(Duration.ofMillis(990), Duration.ofMillis(1_190));
    assertThat(snapshot.redisUnavailable()).isEqualTo(1_000);
  }

  @Test
  void beforeTheFirstPageThereIsNothingToRegret() {
    FeedMetrics.Snapshot snapshot = new FeedMetrics().snapshot();
    assertThat(snapshot.p99()).isZero();
    assertThat(snapshot.hitRate()).isEqualTo(1);
  }
}
