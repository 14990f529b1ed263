package com.shareuptime.streams.proof.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreInMilliseconds() {
    Latencies latencies = new Latencies();
    for (int millis = 1; millis <= 100; millis++) {
      latencies.add(millis * 1_000_000L);
    }
    assertThat(latencies.count()).isEqualTo(100);
    assertThat(latencies.p50Millis()).isCloseTo(50, within(0.1));
    assertThat(latencies.p99Millis()).isCloseTo(99, within(0.1));
  }
}
