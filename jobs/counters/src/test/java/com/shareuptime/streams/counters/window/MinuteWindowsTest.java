package com.shareuptime.streams.counters.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteWindowsTest {
  private static final long MINUTE = OpenMinutes.MINUTE;
  private static final long LATENESS = 10 * MINUTE;
  private static final long PATIENCE = 10_000;
  private static final AtomicLong RUNS = new AtomicLong();
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(1));

  /** A whole minute after any start of this test. */
  private static final long FIRST = (System.currentTimeMillis() / MINUTE + 2) * MINUTE;

  private KeyedOneInputStreamOperatorTestHarness<CounterTarget, CounterDelta, WindowUpdate> harness;

  @BeforeEach
  void start() throws Exception {
    harness = harness(null);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void aMinuteIsWrittenOnceWhenItIsOver() throws Exception {
    likes(FIRST + 1_000, true, 3);
    likes(FIRST + 59_000, false, 1);
    harness.processWatermark(FIRST + MINUTE - 1);
    assertThat(updates()).isEmpty();
    harness.processWatermark(FIRST + MINUTE);
    harness.processWatermark(FIRST + 3 * MINUTE);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 2));
  }

  @Test
  void aLateEventCorrectsItsMinuteAsAWhole() throws Exception {
    likes(FIRST, true, 3);
    harness.processWatermark(FIRST + 2 * MINUTE);
    likes(FIRST + 5_000, true, 1);
    harness.processWatermark(FIRST + 2 * MINUTE + 200);
    assertThat(updates()).hasSize(2);
    net(updates().get(1), FIRST, 4);
    assertThat(updates().get(1).version()).isGreaterThan(updates().get(0).version());
  }

  @Test
  void pastTheLatenessAMinuteStaysAsItIsAndNeedsNoState() throws Exception {
    likes(FIRST, true, 3);
    harness.processWatermark(FIRST + MINUTE + LATENESS);
    likes(FIRST + 5_000, true, 1);
    harness.processWatermark(FIRST + 2 * MINUTE + LATENESS);
    assertThat(updates()).hasSize(1);
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  /** After a silence a dead letter comes before the time that it brings. */
  @Test
  void whatIsADeadLetterCountsInNoMinuteAlthoughItsMinuteIsStillOpen() throws Exception {
    likes(FIRST, true, 3);
    harness.processElement(
        new StreamRecord<>(
            new CounterDelta(POST, CounterKind.LIKES, true, FIRST / 1000, 0, true, 0, true, 1)));
    harness.processWatermark(FIRST + 2 * MINUTE + LATENESS);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 3));
  }

  @Test
  void aMinuteThatBeganBeforeAStartWithoutStateIsNeverWritten() throws Exception {
    likes(FIRST - 10 * MINUTE, true, 3);
    harness.processWatermark(FIRST + MINUTE);
    assertThat(updates()).isEmpty();
  }

  @Test
  void anOpenMinuteSurvivesARestore() throws Exception {
    likes(FIRST, true, 3);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state);
    likes(FIRST + 1_000, true, 2);
    harness.processWatermark(FIRST + MINUTE);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 5));
  }

  @Test
  void aClosedMinuteStaysClosedAfterARestore() throws Exception {
    likes(FIRST, true, 5);
    harness.processWatermark(FIRST + MINUTE + LATENESS);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 5));
    goOn();
    likes(FIRST + 5_000, true, 9);
    harness.processWatermark(FIRST + 2 * MINUTE + LATENESS);
    assertThat(updates()).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
    likes(FIRST + 2 * MINUTE + LATENESS, true, 1);
    harness.processWatermark(FIRST + 3 * MINUTE + LATENESS);
    assertThat(updates()).hasSize(1);
  }

  @Test
  void aMinuteThatIsNotClosedIsCorrectedAfterARestoreAsAWhole() throws Exception {
    likes(FIRST, true, 5);
    harness.processWatermark(FIRST + MINUTE + LATENESS - 1);
    goOn();
    goOn(); // without a watermark in between
    likes(FIRST + 5_000, true, 4);
    harness.processWatermark(FIRST + 2 * MINUTE + LATENESS);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 9));
  }

  /** Events of the last minute are read then, whose rows are in the minute already. */
  @Test
  void whatIsReadAgainInAnotherModeIsNotCountedTwice() throws Exception {
    harness.close();
    harness = harness(null, false, FIRST - 1);
    likes(FIRST, true, 5);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state, true, FIRST + 30_000);
    likes(FIRST, true, 5);
    likes(FIRST + MINUTE, true, 1);
    harness.processWatermark(FIRST + 2 * MINUTE);
    assertThat(updates()).hasSize(2);
    net(updates().get(0), FIRST, 5);
    net(updates().get(1), FIRST + MINUTE, 1);
    goOn();
    likes(FIRST + MINUTE, true, 1); // late, and of the mode that goes on
    harness.processWatermark(FIRST + 3 * MINUTE);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST + MINUTE, 2));
  }

  /** A change of the mode may go back to a checkpoint from before the last writes. */
  @Test
  void whatAnOlderStateHasOfAMinuteReplacesNothingInAnotherMode() throws Exception {
    likes(FIRST, true, 3);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    likes(FIRST, true, 2);
    harness.processWatermark(FIRST + MINUTE);
    WindowUpdate whole = updates().get(0);
    harness.close();
    harness = harness(state, false, FIRST + 30_000);
    OperatorSubtaskState after = harness.snapshot(2, 2);
    harness.close();
    harness = harness(after, false, FIRST + 40_000);
    likes(FIRST + MINUTE, true, 1);
    harness.processWatermark(FIRST + 2 * MINUTE);
    assertThat(updates()).hasSize(2);
    assertThat(updates().get(0).version()).isLessThanOrEqualTo(whole.version());
    assertThat(updates().get(1).version()).isGreaterThan(whole.version());
  }

  /** Whatever is drawn: restores at any time, events of any lateness. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aMinuteOnceWrittenOnlyEverHoldsAllThatCameInTime(long seed) throws Exception {
    for (int i = 0; i < 100; i++) {
      Random random = new Random(seed * 100 + i);
      stop();
      harness = harness(null);
      Map<Long, Long> expected = new TreeMap<>();
      Map<Long, Long> written = new TreeMap<>();
      long watermark = FIRST;
      for (int n = 0; n < 60; n++) {
        long minute =
            Math.max(
                FIRST,
                (watermark / MINUTE - random.nextInt(2 * (int) (LATENESS / MINUTE))) * MINUTE);
        likes(minute + random.nextInt((int) MINUTE), true, 1);
        if (minute + MINUTE + LATENESS > watermark) {
          expected.merge(minute, 1L, Long::sum);
        }
        if (random.nextInt(3) == 0) {
          watermark += random.nextLong(3 * MINUTE);
          harness.processWatermark(watermark);
        }
        if (random.nextInt(10) == 0) {
          updates()
              .forEach(
                  update -> written.put(update.start(), update.counts().of(CounterKind.LIKES)));
          goOn();
        }
      }
      harness.processWatermark(watermark + MINUTE + LATENESS);
      updates()
          .forEach(update -> written.put(update.start(), update.counts().of(CounterKind.LIKES)));
      assertThat(written).as("seed %d", seed * 100 + i).isEqualTo(expected);
    }
  }

  @Test
  void theLastMinuteIsWrittenAlthoughNothingElseHappens() throws Exception {
    likes(FIRST + 1_000, true, 3);
    harness.processWatermark(FIRST + 1_000);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + MINUTE + PATIENCE - 1);
    assertThat(updates()).isEmpty();
    clockTo(FIRST + MINUTE + PATIENCE + 1_000);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 3));
  }

  @Test
  void noMinuteIsWrittenByTheClockWhileEventsAreRead() throws Exception {
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    likes(FIRST + 1_000, true, 3);
    clockTo(FIRST + 5 * MINUTE);
    assertThat(updates()).isEmpty();
  }

  @Test
  void whatIsReadLateBecauseItsPartitionWasSilentIsInItsMinuteAllTheSame() throws Exception {
    likes(FIRST + 1_000, true, 3);
    harness.processWatermark(FIRST + 1_000);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + 3 * LATENESS);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 3));
    likes(FIRST + 2_000, true, 1);
    clockTo(FIRST + 3 * LATENESS + 2 * PATIENCE);
    net(updates().get(1), FIRST, 4);
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    harness.processWatermark(FIRST + 5 * LATENESS);
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(updates()).hasSize(2);
  }

  /** What the state has of a minute is older than what was written, until that is read again. */
  @Test
  void afterARestoreTheClockWaitsForWhatIsReadAgain() throws Exception {
    likes(FIRST + 1_000, true, 3);
    goOn();
    harness.setProcessingTime(FIRST + MINUTE);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + MINUTE + 2 * PATIENCE); // the first fetch may take as long
    assertThat(updates()).isEmpty();
    likes(FIRST + 2_000, true, 1);
    harness.processWatermark(FIRST + 2_000);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + 2 * MINUTE);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 4));
  }

  @Test
  void aQuietNightBeginsThatWayAfterARestoreToo() throws Exception {
    likes(FIRST + 1_000, true, 3);
    goOn();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + 2 * MINUTE);
    assertThat(updates()).singleElement().satisfies(update -> net(update, FIRST, 3));
  }

  @Test
  void aTaskThatStoodStillTakesThatForNoSilence() throws Exception {
    likes(FIRST + 1_000, true, 3);
    harness.processWatermark(FIRST + 1_000);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    harness.setProcessingTime(FIRST + 5 * MINUTE);
    assertThat(updates()).isEmpty();
  }

  @Test
  void downstreamTimeGoesOnInASilenceAndIsNeverIdle() throws Exception {
    harness.processWatermark(FIRST);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    clockTo(FIRST + MINUTE);
    assertThat(harness.getOutput())
        .doesNotContain(WatermarkStatus.IDLE)
        .last()
        .isEqualTo(new Watermark(harness.getProcessingTime() - PATIENCE));
  }

  /** Its timers, too: nothing but they writes the minute that was open. */
  @Test
  void whatAnEarlierBuildHasLeftIsGoneOnWith() throws Exception {
    long first = 1_700_000_040_000L;
    harness.close();
    harness =
        harness(
            OperatorSnapshotUtil.readStateHandle(
                "src/test/resources/golden/minute-windows-1.snapshot"),
            true,
            first + MINUTE + 30_000);
    harness.processWatermark(first + 2 * MINUTE);
    assertThat(updates()).hasSize(20);
    for (WindowUpdate update : updates()) {
      net(update, first + MINUTE, update.target().id().number());
    }
  }

  private void clockTo(long time) throws Exception {
    while (harness.getProcessingTime() + 1_000 <= time) {
      harness.setProcessingTime(harness.getProcessingTime() + 1_000);
    }
  }

  private void goOn() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    harness.close();
    harness = harness(state);
  }

  private void likes(long time, boolean create, int count) throws Exception {
    harness.processElement(
        new StreamRecord<>(
            new CounterDelta(POST, CounterKind.LIKES, create, time / 1000, 0, true, count)));
  }

  private List<WindowUpdate> updates() {
    return harness.extractOutputValues();
  }

  private static void net(WindowUpdate update, long start, long likes) {
    assertThat(update.start()).isEqualTo(start);
    assertThat(update.counts().of(CounterKind.LIKES)).isEqualTo(likes);
  }

  private static KeyedOneInputStreamOperatorTestHarness<CounterTarget, CounterDelta, WindowUpdate>
      harness(OperatorSubtaskState state) throws Exception {
    return harness(state, true, System.currentTimeMillis());
  }

  private static KeyedOneInputStreamOperatorTestHarness<CounterTarget, CounterDelta, WindowUpdate>
      harness(OperatorSubtaskState state, boolean ofEvents, long now) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new MinuteWindows(RUNS::incrementAndGet, ofEvents, LATENESS, 0, PATIENCE),
            CounterDelta::target,
            CounterTarget.TYPE);
    harness.setProcessingTime(now);
    harness.setup(WindowUpdate.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
