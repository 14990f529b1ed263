package com.shareuptime.streams.counters.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.source.RawRecord;
import com.shareuptime.streams.version.RunNumbers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelistTargetsTest {
  private static final AtomicReference<String> LOSSES = new AtomicReference<>();
  private static final AtomicBoolean AWAY = new AtomicBoolean();
  private static final TruthChange HELD =
      new TruthChange.Refresh(new CounterTarget(Target.Type.POST, Id.of(7)));

  private record Numbers() implements RunNumbers {
    @Override
    public long next() {
      return 1;
    }

    @Override
    public String losses(String job) {
      return LOSSES.get();
    }
  }

  @BeforeEach
  void reset() {
    LOSSES.set("");
    AWAY.set(false);
  }

  private static OneInputStreamOperatorTestHarness<RawRecord, TruthChange> start(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new RelistTargets(
                out -> {
                  if (AWAY.get()) {
                    throw new IOException("away");
                  }
                  out.collect(HELD);
                },
                new Numbers()));
    harness.setup(TruthChange.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    return harness;
  }

  @Test
  void aStartWithoutStateOrWithoutALossListsNothing() throws Exception {
    LOSSES.set("one");
    OperatorSubtaskState state;
    try (var fresh = start(null)) {
      fresh.setProcessingTime(1);
      assertThat(fresh.getOutput()).containsExactly(WatermarkStatus.IDLE);
      state = fresh.snapshot(1, 1);
    }
    try (var restored = start(state)) {
      restored.setProcessingTime(1);
      assertThat(restored.getOutput()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void afterALossTimeWaitsForTheListAndItIsMadeOnce() throws Exception {
    OperatorSubtaskState state;
    try (var fresh = start(null)) {
      state = fresh.snapshot(1, 1);
    }
    LOSSES.set("one");
    AWAY.set(true);
    OperatorSubtaskState unlisted;
    try (var restored = start(state)) {
      restored.setProcessingTime(1);
      assertThat(restored.getOutput()).as("a store is away").isEmpty();
      unlisted = restored.snapshot(2, 1);
      AWAY.set(false);
      restored.setProcessingTime(2_000);
      assertThat(restored.extractOutputValues()).containsExactly(HELD);
      assertThat(restored.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
      state = restored.snapshot(3, 1);
    }
    try (var again = start(state)) {
      again.setProcessingTime(1);
      assertThat(again.extractOutputValues()).isEmpty();
    }
    try (var older = start(unlisted)) {
      older.setProcessingTime(1);
      assertThat(older.extractOutputValues()).containsExactly(HELD);
    }
  }
}
