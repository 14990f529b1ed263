package com.shareuptime.streams.counters.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DedupeTest {
  private static final long HORIZON = 600_000;
  // after the operator's start, as the watermark of a caught-up job is
  private static final long NOW = System.currentTimeMillis() + 300_000;

  private KeyedOneInputStreamOperatorTestHarness<Integer, CounterEvent, CounterDelta> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness(null);
    harness.processWatermark(NOW - 1);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void aReplayedEventChangesNothing() throws Exception {
    event("a", NOW);
    event("b", NOW);
    event("a", NOW + HORIZON);
    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void aRepeatIsOneWhateverTimeItClaims() throws Exception {
    harness.processElement(new StreamRecord<>(event("a", NOW, NOW - 5_000)));
    harness.processElement(new StreamRecord<>(event("a", NOW + 1, NOW - 90_000)));
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void anIdIsRememberedAcrossARestore() throws Exception {
    event("a", NOW);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state);
    harness.processWatermark(NOW);
    event("a", NOW + 1_000);
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void anIdSeenBeforeARestoreIsRememberedForTheWholeHorizon() throws Exception {
    long beforeRestore = System.currentTimeMillis();
    event("a", beforeRestore);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state);
    harness.processWatermark(NOW);
    event("a", beforeRestore + HORIZON);
    event("b", beforeRestore + HORIZON);
    event("b", beforeRestore + 2 * HORIZON);
    event("a", beforeRestore + 2 * HORIZON);
    assertThat(harness.extractOutputValues()).hasSize(2);
  }

  @Test
  void aRepeatInAReplayTouchesItsTarget() throws Exception {
    event("a", NOW);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state); // its watermark is before its start
    event("a", NOW + 1_000);
    assertThat(harness.extractOutputValues())
        .singleElement()
        .satisfies(delta -> assertThat(delta.count()).isZero());
  }

  @Test
  void whatIsPastTheHorizonIsForgottenByOneTimerAShard() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      event("id-" + i, NOW + i);
    }
    assertThat(harness.numEventTimeTimers()).isLessThanOrEqualTo(Dedupe.SHARDS);
    harness.processWatermark(NOW + 3 * HORIZON);
    harness.processWatermark(NOW + 6 * HORIZON);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  private void event(String id, long time) throws Exception {
    harness.processElement(new StreamRecord<>(event(id, time, time)));
  }

  private static CounterEvent event(String id, long appended, long occurred) {
    return new CounterEvent(
        Fingerprint.of(id),
        new CounterTarget(Target.Type.POST, Id.of(1)),
        CounterKind.LIKES,
        true,
        occurred,
        appended);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, CounterEvent, CounterDelta>
      harness(OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Dedupe(HORIZON)), Dedupe.shard(), Types.INT);
    harness.setup(CounterDelta.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
