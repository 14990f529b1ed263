package com.shareuptime.streams.counters.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What presence keeps of rows, and for how long. */
class PresenceTest {
  private static final long RETENTION = 8 * 86_400_000L;
  private static final long START = 1_000_000_000L;
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(1));

  private KeyedOneInputStreamOperatorTestHarness<RowKey, CountedRow, CounterDelta> harness;
  private long version;

  @BeforeEach
  void start() throws Exception {
    harness = harness(null);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  /** The tombstone that Kafka wants after a delete has its version, and a later time. */
  @Test
  void aDeletedRowIsForgottenAfterTheRetentionAlthoughItsTombstoneCameLater() throws Exception {
    row(5, START, true);
    row(5, START + 1_000, false);
    version--;
    row(5, START + 1_007, false);
    harness.processWatermark(START + 1_006 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).as("as long as a replay may take").isEqualTo(1);
    harness.processWatermark(START + 1_007 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aRowThatCameAgainIsKept() throws Exception {
    row(5, START, true);
    row(5, START + 1_000, false);
    row(5, START + 2_000, true);
    harness.processWatermark(START + 3_000 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    row(5, START + 4_000 + RETENTION, false);
    harness.processWatermark(START + 4_000 + 2 * RETENTION);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void whateverHappensToRowsNothingIsKeptOfThoseThatAreGone() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      stop();
      harness = harness(null);
      long time = START;
      boolean[] counted = new boolean[6];
      for (int n = 1 + random.nextInt(60); n > 0; n--) {
        time += random.nextInt(4) == 0 ? random.nextLong(RETENTION) : random.nextInt(2_000);
        int id = random.nextInt(counted.length);
        counted[id] = random.nextInt(3) == 0;
        row(id + 1, time, counted[id]);
        if (!counted[id] && random.nextBoolean()) {
          version -= random.nextInt(2);
          row(id + 1, time + random.nextInt(20), false);
        }
        if (random.nextInt(4) == 0) {
          harness.processWatermark(time);
        }
        if (random.nextInt(10) == 0) {
          OperatorSubtaskState state = harness.snapshot(n, n);
          stop();
          harness = harness(state);
        }
      }
      harness.processWatermark(time + 2 * RETENTION);
      int left = 0;
      for (boolean one : counted) {
        left += one ? 1 : 0;
      }
      assertThat(harness.numKeyedStateEntries()).as("seed %d", seed).isEqualTo(left);
    }
  }

  @Test
  void whatCountsElsewhereIsNotKeptUnlessItHasCountedHere() throws Exception {
    elsewhere(5, START);
    assertThat(harness.numKeyedStateEntries()).isZero();
    row(6, START, true);
    elsewhere(6, START + 1_000);
    assertThat(harness.extractOutputValues())
        .extracting(CounterDelta::target, CounterDelta::create, CounterDelta::count)
        .containsExactly(tuple(POST, true, 1L), tuple(POST, false, 1L));
    harness.processWatermark(START + 1_000 + RETENTION);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private void elsewhere(long id, long time) throws Exception {
    version++;
    harness.processElement(
        new StreamRecord<>(
            CountedRow.elsewhere(
                RowKey.of(CounterKind.COMMENTS, Id.of(id)),
                new RowVersion(1, 1_000 + version),
                time)));
  }

  private void row(long id, long time, boolean counted) throws Exception {
    version++;
    harness.processElement(
        new StreamRecord<>(
            new CountedRow(
                RowKey.of(CounterKind.COMMENTS, Id.of(id)),
                new RowVersion(1, 1_000 + version),
                counted,
                POST,
                time)));
  }

  private static KeyedOneInputStreamOperatorTestHarness<RowKey, CountedRow, CounterDelta> harness(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Presence(RETENTION)), CountedRow::key, RowKey.TYPE);
    harness.setup(CounterDelta.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
