package com.shareuptime.streams.proof.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchOutcomeTest {
  private static final BenchOutcome PAGES =
      BenchOutcome.of(Measurement.of("pages", 10, "pages", 1));

  @Test
  void oneValueAboveItsBoundIsEnough() {
    assertThat(PAGES.with("p50 ms", 1.5, 1.5).isWithinBounds()).isTrue();
    assertThat(PAGES.with("p50 ms", 1.6, 1.5).with("p99 ms", 1, 8).isWithinBounds()).isFalse();
  }

  @Test
  void whatMustNotBeBelowABoundIsToldLikewise() {
    assertThat(PAGES.withLeast("ratio", 0.7, 0.7).isWithinBounds()).isTrue();
    assertThat(PAGES.withLeast("ratio", 0.6, 0.7).isWithinBounds()).isFalse();
  }

  @Test
  void aBoundIsPartOfTheReport() {
    assertThat(PAGES.with("p50 ms", 1.6, 1.5).measured().details())
        .containsEntry("p50 ms, at most 1.5", 1.6);
  }
}
