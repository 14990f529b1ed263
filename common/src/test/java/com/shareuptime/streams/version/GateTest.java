package com.shareuptime.streams.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final int KEYS = 20_000;

  /** Ids that count, and snowflakes of one machine within some minutes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 1L << 12, 1L << 22, 1L << 32, 1L << 40})
  void momentsOfKeysFillTheSpreadWhateverTheIds(long step) {
    Gate gate = Gate.of(1_000, 16_384);
    long[] moments =
        LongStream.range(0, KEYS).map(i -> gate.momentOf(77 + i * step)).sorted().toArray();

    assertThat(moments[0]).isGreaterThan(1_000);
    assertThat(moments[KEYS - 1]).isLessThanOrEqualTo(1_000 + 16_384);
    assertThat(LongStream.of(moments).distinct().count()).isGreaterThan(KEYS / 4);
    for (int tenth = 1; tenth < 10; tenth++) {
      assertThat(moments[KEYS / 10 * tenth] - 1_000L)
          .as("moment of %d tenths", tenth)
          .isBetween(16_384L * (tenth - 1) / 10, 16_384L * (tenth + 1) / 10);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10_000})
  void noKeyIsWrittenBeforeTheStartOrAfterTheSpread(long spread) {
    Gate gate = Gate.of(-5_000, spread);
    LongStream.range(-100, 100)
        .forEach(
            key ->
                assertThat(gate.momentOf(key)).isBetween(-4_999L, -5_000L + Math.max(1, spread)));
  }

  /** What is committed after a heartbeat may be of its millisecond, and before the start. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10_000})
  void aHeartbeatOfTheMillisecondOfTheStartLeavesItShut(long spread) {
    Gate gate = Gate.of(5_000, spread);
    gate.advance(5_000);
    assertThat(gate.isOpen()).isFalse();
    assertThat(gate.isOpenAt(5_000)).isFalse();
    assertThat(gate.isPassed()).isFalse();
    gate.advance(5_001);
    assertThat(gate.isOpen()).isTrue();
    assertThat(gate.isOpenAt(5_001)).isTrue();
    assertThat(gate.isPassed()).isEqualTo(spread <= 1);
    gate.advance(5_000 + spread);
    assertThat(gate.isPassed()).isTrue();
  }
}
