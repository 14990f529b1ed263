package com.shareuptime.streams.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeatsTest {
  private final Beats beats = new Beats();

  @Test
  void theNewestBeatThatTheWatermarkHasReachedCounts() {
    beats.add(1_000_900, 10, 1);
    beats.add(2_000_100, 20, 1);
    beats.add(3_000_000, 30, 1);
    assertThat(beats.reachedBy(999)).isNull();
    assertThat(beats.reachedBy(2_000).lsn()).isEqualTo(20);
    assertThat(beats.reachedBy(2_500)).as("not twice").isNull();
    assertThat(beats.reachedBy(3_000).lsn()).isEqualTo(30);
  }

  @Test
  void ofTwoBeatsInOneMillisecondOnlyTheFirstIsSure() {
    beats.add(1_000_900, 20, 1);
    beats.add(1_000_100, 10, 1);
    assertThat(beats.reachedBy(1_000).lsn()).isEqualTo(10);
  }

  @Test
  void aLongOutageOfTheSinkTakesBoundedMemoryAndForgetsNoEnd() {
    int count = 20 * Beats.MAX;
    for (int i = 1; i <= count; i++) {
      beats.add(i * 1_000L, i, 1);
      assertThat(beats.size()).isLessThanOrEqualTo(Beats.MAX);
    }
    long reached = count / 2;
    long lsn = beats.reachedBy(reached).lsn();
    assertThat(lsn).isLessThanOrEqualTo(reached).isGreaterThan(reached - count / 100);
    beats.add((count + 1) * 1_000L, count + 1, 1);
    assertThat(beats.reachedBy(count + 1).lsn()).isEqualTo(count + 1);
  }
}
