package com.shareuptime.streams.counters;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.total.Totals;
import com.shareuptime.streams.counters.total.TotalsSettings;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * State that an earlier build has written is read by this one, at two subtasks as at one. The file
 * is never written anew for a change that breaks it: a new layout gets a new version byte, and a
 * file beside the old one. To write a first file: {@code -Dtest.jvm=-Dgolden.write=true}.
 */
class GoldenStateTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** The layout that this build writes. */
  private static final int NEWEST = 5;

  private static final long START = 1_000_000_000L;
  private static final int TARGETS = 50;

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2", "3, 1", "3, 2", "4, 1", "4, 2", "5, 1", "5, 2"})
  void totalsOfAnEarlierBuildAreRead(int layout, int parallelism) throws Exception {
    writeIfAsked();
    assertThat(refreshed(layout, parallelism)).isEqualTo(TARGETS);
  }

  /** Restores, asks for every target, and returns how many were written with their count. */
  private static int refreshed(int layout, int parallelism) throws Exception {
    int right = 0;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      OperatorSubtaskState state =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              OperatorSnapshotUtil.readStateHandle(file(layout).toString()),
              720,
              1,
              parallelism,
              subtask);
      try (var harness = harness(parallelism, subtask, START + 60_000)) {
        harness.initializeState(state);
        harness.open();
        for (int id = 1; id <= TARGETS; id++) {
          if (isIn(id, parallelism, subtask)) {
            harness.processElement2(new StreamRecord<>(new Refresh(target(id))));
          }
        }
        harness.processWatermark1(new Watermark(START + 70_000));
        harness.processWatermark2(new Watermark(START + 70_000));
        for (CounterUpdate update : harness.extractOutputValues()) {
          assertThat(update.gone()).isFalse();
          assertThat(update.counts().of(CounterKind.LIKES))
              .isEqualTo(update.target().id().number());
          assertThat(update.counts().of(CounterKind.COMMENTS)).isEqualTo(2);
          assertThat(update.counts().of(CounterKind.SHARES)).isEqualTo(layout == 1 ? 0 : 1);
          right++;
        }
      }
    }
    return right;
  }

  private static void writeIfAsked() throws Exception {
    Path file = file(NEWEST);
    if (!Boolean.getBoolean("golden.write") || Files.exists(file)) {
      return;
    }
    Files.createDirectories(FOLDER);
    try (var harness = harness(1, 0, START)) {
      harness.open();
      for (int id = 1; id <= TARGETS; id++) {
        harness.processElement2(
            new StreamRecord<>(new TargetRow(target(id), new RowVersion(1 << 20, 10), true)));
        harness.processElement2(
            new StreamRecord<>(
                new CounterDelta(
                    target(id), CounterKind.LIKES, true, START / 1000, 1 << 20, true, id)));
        harness.processElement2(
            new StreamRecord<>(
                new CounterDelta(
                    target(id), CounterKind.COMMENTS, true, START / 1000, 1 << 20, false, 2)));
        // a row that takes the event of a later second: the layout keeps that
        harness.processElement1(
            new StreamRecord<>(
                new CounterDelta(
                    target(id), CounterKind.SHARES, true, START / 1000 + 3, 0, true, 1)));
        harness.processElement2(
            new StreamRecord<>(
                new CounterDelta(
                    target(id), CounterKind.SHARES, true, START / 1000, 1 << 20, true, 1)));
      }
      harness.processWatermark1(new Watermark(START + 1_000));
      harness.processWatermark2(new Watermark(START + 1_000));
      OperatorSnapshotUtil.writeStateHandle(harness.snapshot(1, START), file.toString());
    }
  }

  private static Path file(int layout) {
    return FOLDER.resolve("totals-%d.snapshot".formatted(layout));
  }

  private static boolean isIn(int id, int parallelism, int subtask) {
    return org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator(
            target(id), 720, parallelism)
        == subtask;
  }

  private static CounterTarget target(int id) {
    return new CounterTarget(Target.Type.POST, Id.of(id));
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, CounterDelta, TruthChange, CounterUpdate>
      harness(int parallelism, int subtask, long now) throws Exception {
    AtomicLong runs = new AtomicLong();
    var settings =
        new TotalsSettings(
            CounterMode.EVENTS_AND_ROWS, 30, 500, 500, 10_000, 100_000_000L, Duration.ofDays(7));
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new Totals(settings, runs::incrementAndGet, IdKinds.NUMBERS),
            CounterDelta::target,
            TruthChange::target,
            CounterTarget.TYPE,
            720,
            parallelism,
            subtask);
    harness.setProcessingTime(now);
    harness.setup(CounterUpdate.TYPE.createSerializer(harness.getExecutionConfig()));
    return harness;
  }
}
