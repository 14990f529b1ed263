package com.shareuptime.streams.counters.total;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.counters.total.TruthChange.Generation;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.counters.total.TruthChange.TargetRow;
import com.shareuptime.streams.version.RunNumbers;
import com.shareuptime.streams.version.WriteVersion;
import com.shareuptime.streams.version.WritingSubtask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate, versions, timers and restore of the totals, in Flink's own harness. */
class TotalsTest {
  private static final long GRACE = 30;
  private static final long START = 1_000_000_000L;
  private static final long SPREAD = 2_000;
  private static final long PATIENCE = 10_000;
  private static final long RETENTION = 100_000_000L;
  private static final Duration MAX_AGE = Duration.ofDays(7);
  private static final AtomicLong RUNS = new AtomicLong();
  private static final AtomicReference<String> LOSSES = new AtomicReference<>("");
  private static final Map<String, Long> NEWEST = new ConcurrentHashMap<>();

  private record Numbers() implements RunNumbers {
    @Override
    public long next() {
      return RUNS.incrementAndGet();
    }

    @Override
    public long next(WritingSubtask subtask) {
      return NEWEST.merge(subtask.writer(), next(), Math::max);
    }

    @Override
    public long newest(String job, String writer) {
      return NEWEST.getOrDefault(writer, 0L);
    }

    @Override
    public String losses(String job) {
      return LOSSES.get();
    }
  }

  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(42));
  private static final CounterTarget OTHER = new CounterTarget(Target.Type.POST, Id.of(43));

  private KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, CounterDelta, TruthChange, CounterUpdate>
      harness;

  @BeforeEach
  void start() throws Exception {
    RUNS.set(0);
    LOSSES.set("");
    NEWEST.clear();
    harness = harness(null, START, 1, 0);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void nothingIsWrittenWhileTheGateIsShut() throws Exception {
    exists(POST);
    rows(POST, 5, START - 500_000);
    watermarks(START - 1);
    assertThat(updates()).isEmpty();
    watermarks(START + SPREAD);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 5));
  }

  @Test
  void aTouchedTargetIsWrittenOnceAfterTheGateHoweverManyItsInputs() throws Exception {
    exists(POST);
    for (int i = 0; i < 50; i++) {
      rows(POST, 1, START - 500_000 + i * 1000);
    }
    watermarks(START + SPREAD);
    watermarks(START + SPREAD + 60_000);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 50));
  }

  @Test
  void theWatermarkGoesOnOnlyWhenTheGateHasLetAllThrough() throws Exception {
    watermarks(START + SPREAD - 1);
    assertThat(forwarded()).isEqualTo(Long.MIN_VALUE);
    watermarks(START + SPREAD);
    assertThat(forwarded()).isEqualTo(START + SPREAD);
  }

  @Test
  void progressFollowsTheRowsEvenIfEventsAreBehind() throws Exception {
    watermarks(START + SPREAD);
    harness.processWatermark2(new Watermark(START + SPREAD + 9_000));
    assertThat(forwarded()).isEqualTo(START + SPREAD + 9_000);
  }

  @Test
  void aChangeIsWrittenAtOnceWhenTheGateIsOpenAndItsRowThenChangesNothing() throws Exception {
    open();
    event(POST, START + 3_000);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1));
    rows(POST, 1, START + 3_000);
    assertThat(updates()).hasSize(1);
  }

  /**
   * Each event here has a row of its own second; but partitions are read far apart, and the nearest
   * that is there may be another's.
   */
  @Test
  void inWhicheverOrderAReplayIsReadEachRowHasItsOwnEvent() throws Exception {
    long restart = START + 60_000;
    open();
    exists(POST);
    goOnFrom(harness.snapshot(1, START + 3_000), restart);
    rows(POST, 1, restart - 25_000);
    rows(POST, 1, restart - 1_000);
    event(POST, restart - 50_000);
    event(POST, restart - 25_000);
    event(POST, restart - 1_000);
    rows(POST, 1, restart - 50_000);
    watermarks(restart + 1);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    likes(last(), 3);
  }

  @Test
  void aPhantomIsTakenBackOnceTheRowsHavePassedItByTheGrace() throws Exception {
    open();
    exists(POST);
    event(POST, START + 3_000);
    watermarks(START + 3_000 + GRACE * 1000);
    assertThat(updates()).hasSize(1);
    watermarks(START + 3_000 + GRACE * 1000 + 1_000);
    assertThat(updates()).hasSize(2);
    likes(updates().get(1), 0);
    assertThat(harness.getSideOutput(Totals.DRIFT))
        .singleElement()
        .satisfies(
            drift -> assertThat(drift.getValue().reason()).isEqualTo(CounterDrift.Reason.PHANTOM));
  }

  /** One that came and one that went take each other's place, but for a second between. */
  @Test
  void whatAFailedRunHasTakenBackInTwoStepsIsWrittenAgainThoughItIsOneStepHere() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START - 500_000);
    eventOfOneThatWent(POST, START + 3_000);
    event(POST, START + 4_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 4_000);
    watermarks(START + 3_000 + GRACE * 1000 + 1_000);
    likes(last(), 6);
    long wrong = last().version();

    goOnFrom(checkpoint, START + 60_000);
    watermarks(START + 60_000 + SPREAD);
    assertThat(updates()).isNotEmpty();
    likes(last(), 5);
    assertThat(last().version()).isGreaterThan(wrong);
  }

  @Test
  void nothingIsTakenBackWhileTheRowsStandStill() throws Exception {
    open();
    exists(POST);
    event(POST, START + 3_000);
    harness.processWatermark1(new Watermark(START + 10 * GRACE * 1000));
    assertThat(updates()).hasSize(1);
  }

  /** Events behind an open transaction are not read, which looks as if there were none. */
  @Test
  void eventsThatAreHeldBackHoldNoRowBackNorTheGate() throws Exception {
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    exists(POST);
    rows(POST, 1, START - 500_000);
    harness.processWatermark2(new Watermark(START + SPREAD));
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1));
    rows(POST, 1, START + 3_000);
    likes(last(), 2);
    harness.processWatermark2(new Watermark(START + 20 * GRACE * 1000));
    assertThat(forwarded()).isEqualTo(START + 20 * GRACE * 1000);
    event(POST, START + 3_000); // the transaction has ended
    event(POST, START + 4_000);
    harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    watermarks(START + 21 * GRACE * 1000);
    likes(last(), 2);
  }

  @Test
  void versionsMoveForwardAcrossARestoreFromBeforeTheLastWrites() throws Exception {
    open();
    exists(POST);
    event(POST, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    for (int i = 0; i < 100; i++) {
      event(POST, START + 4_000);
    }
    long newest = updates().get(updates().size() - 1).version();
    harness.close();

    harness = harness(checkpoint, START + 60_000, 1, 0);
    event(POST, START + 4_000);
    assertThat(updates()).as("shut again").isEmpty();
    watermarks(START + 60_000 + SPREAD);
    assertThat(updates()).isNotEmpty();
    assertThat(updates().get(0).version()).isGreaterThan(newest);
  }

  @Test
  void aRunNumberIsAboveEveryOneInTheState() throws Exception {
    open();
    RUNS.set(100);
    event(POST, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    long run = WriteVersion.run(updates().get(0).version());
    harness.close();
    RUNS.set(0); // the sequence was set back, say by a restore of the database

    harness = harness(checkpoint, START + 60_000, 1, 0);
    event(POST, START + 60_000);
    watermarks(START + 60_000 + SPREAD);
    assertThat(WriteVersion.run(updates().get(0).version())).isGreaterThan(run);
  }

  @Test
  void aRestoredRunServesWhatItKnowsWhenTheRowsStayAwayAfterTheReplay() throws Exception {
    restart();
    rows(POST, 1, START + 3_000);
    harness.processWatermark1(new Watermark(START + 60_000));
    for (long wait = 0; wait < PATIENCE; wait += 1_000) {
      pass(START + 60_000 + wait);
      assertThat(updates()).isEmpty();
      event(POST, START + 60_000);
    }
    pass(START + 60_000 + PATIENCE + 1_000);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1 + 10));
    assertThat(forwarded()).as("progress stays silent").isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void aSlowReplayIsNotAnOutage() throws Exception {
    restart();
    rows(POST, 1, START + 3_000);
    for (long wait = 0; wait < 5 * PATIENCE; wait += 1_000) {
      pass(START + 60_000 + wait);
      event(POST, START + 4_000 + wait / 10); // all written before the restart
      harness.processWatermark1(new Watermark(START + 4_000 + wait / 10));
      assertThat(updates()).as("%d ms after the start", wait).isEmpty();
    }
    watermarks(START + 60_000 + SPREAD);
    assertThat(updates()).hasSize(1);
  }

  /** It may take hours, and has no heartbeats until its end. */
  @Test
  void aSnapshotThatIsReadAfterARestartDoesNotFreezeTheCounts() throws Exception {
    open();
    exists(POST);
    complete(1, START + SPREAD);
    watermarks(START + SPREAD + 1);
    rows(POST, 5, START + 2_500);
    goOnFrom(harness.snapshot(1, START + 3_000), START + 60_000);
    rows(POST, 1, START + 3_000);
    harness.processWatermark1(new Watermark(START + 60_000));
    for (long wait = 0; wait <= PATIENCE + 1_000; wait += 1_000) {
      pass(START + 60_000 + wait);
      carried(POST, wait == 0 ? 4 : 0, 1, 2);
      harness.processElement2(new StreamRecord<>(new TargetRow(POST, new RowVersion(2, 0), true)));
    }
    assertThat(updates()).as("as the older snapshot has it").hasSize(1);
    likes(last(), 6);
    event(POST, START + 71_000);
    likes(last(), 7);
    rows(POST, 1, START + 71_000);
    complete(2, START + 72_000);
    watermarks(START + 72_000);
    likes(last(), 4); // the rest is gone, and the new like was of the older one
  }

  /** For a while, as long as each comes within the patience: they say nothing of a replay. */
  @Test
  void rowsWithoutHeartbeatsThatAreWrittenAfterARestartDoNotFreezeTheCounts() throws Exception {
    restart();
    rows(POST, 1, START + 3_000);
    harness.processWatermark1(new Watermark(START + 60_000));
    for (long wait = 0; wait <= PATIENCE + 1_000; wait += 1_000) {
      pass(START + 60_000 + wait);
      CounterDelta row =
          new CounterDelta(OTHER, CounterKind.LIKES, true, (START + wait) / 1000, 1, true, 1);
      harness.processElement2(new StreamRecord<>(row, START + 60_000 + wait));
    }
    assertThat(updates()).isNotEmpty();
  }

  @Test
  void rowsThatWereWrittenBeforeARestartAreAReplayHoweverSlow() throws Exception {
    restart();
    harness.processWatermark1(new Watermark(START + 60_000));
    for (long wait = 0; wait < 5 * PATIENCE; wait += 1_000) {
      pass(START + 60_000 + wait);
      CounterDelta row =
          new CounterDelta(POST, CounterKind.LIKES, true, (START + wait) / 1000, 1, true, 1);
      harness.processElement2(new StreamRecord<>(row, START + 3_000 + wait / 10));
      assertThat(updates()).as("%d ms after the start", wait).isEmpty();
    }
  }

  @Test
  void anInputThatHasNotBegunIsWaitedForLonger() throws Exception {
    restart();
    event(POST, START + 60_000);
    harness.processWatermark1(new Watermark(START + 60_000));
    pass(START + 60_000 + 5 * PATIENCE);
    assertThat(updates()).as("rows may come yet").isEmpty();
    pass(START + 60_000 + 6 * PATIENCE + 1_000);
    assertThat(updates()).hasSize(1);
  }

  @Test
  void aStateFromBeforeTheTopicsForgotDeletesIsRefused() throws Exception {
    open();
    OperatorSubtaskState checkpoint = harness.snapshot(1, START);
    assertThatThrownBy(() -> harness(checkpoint, START + MAX_AGE.toMillis() + 1, 1, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--fresh");
    harness(checkpoint, START + MAX_AGE.toMillis(), 1, 0).close();
  }

  @Test
  void aBootstrapNeverOpensForLackOfPatience() throws Exception {
    rows(POST, 5, START - 500_000);
    pass(START + 100 * PATIENCE);
    assertThat(updates()).isEmpty();
  }

  @Test
  void aRestartInTheMiddleOfABootstrapIsStillABootstrap() throws Exception {
    exists(POST);
    rows(POST, 2, START - 500_000);
    harness.processElement2(new StreamRecord<>(new Refresh(OTHER))); // a sink has something of it
    goOnFrom(harness.snapshot(1, START + 1_000), START + 60_000);
    for (int i = 0; i < 1_000; i++) {
      rows(POST, 1, START - 400_000_000 + i * 300_000L);
    }
    pass(START + 60_000 + 100 * PATIENCE);
    assertThat(updates()).as("half of the rows, and a target whose rows may come").isEmpty();
    exists(OTHER);
    rows(OTHER, 5, START - 100_000);
    event(OTHER, START - 90_000); // whatever the run that failed took it for, its row counts it
    rows(OTHER, 1, START - 90_000);
    watermarks(START + 60_000 + SPREAD);
    assertThat(updates()).hasSize(2);
    assertThat(updates())
        .allSatisfy(update -> likes(update, update.target().equals(POST) ? 1_002 : 6));
    watermarks(START + 60_000 + 10 * GRACE * 1_000);
    assertThat(harness.getSideOutput(Totals.DRIFT)).isNullOrEmpty();
  }

  @Test
  void aRestartAfterTheBootstrapIsNone() throws Exception {
    restart();
    goOnFrom(harness.snapshot(2, START + 60_000), START + 120_000); // shut all the while
    rows(POST, 1, START + 3_000);
    harness.processWatermark1(new Watermark(START + 120_000));
    pass(START + 121_000 + PATIENCE);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1));
  }

  @Test
  void rowsThatASnapshotReadsAfterARestartLeaveNoCredits() throws Exception {
    restart();
    for (int i = 0; i < 1_000; i++) {
      rows(POST, 1, START - 400_000_000 + i * 300_000L);
    }
    watermarks(START + 60_000 + SPREAD);
    watermarks(START + 60_000 + 10 * GRACE * 1_000);
    assertThat(harness.getSideOutput(Totals.DRIFT))
        .extracting(drift -> drift.getValue().reason())
        .doesNotContain(CounterDrift.Reason.LOST);
  }

  @Test
  void aTargetThatWasGivenUpStaysGoneIfTheRowsStayAwayAfterARestart() throws Exception {
    open();
    rows(OTHER, 2, START + 3_000);
    watermarks(START + 3_000 + GRACE * 1000 + 1_000);
    assertThat(last().gone()).isTrue();
    goOnFrom(harness.snapshot(1, START + 40_000), START + 60_000);
    rows(OTHER, 1, START + 3_000);
    harness.processWatermark1(new Watermark(START + 60_000));
    pass(START + 61_000 + PATIENCE);
    assertThat(updates()).singleElement().matches(CounterUpdate::gone);
  }

  /** Events of the last minute are read then, and their rows are counted already. */
  @Test
  void aChangeFromRowsToEventsAndRowsCountsNothingTwice() throws Exception {
    harness.close();
    harness = create(CounterMode.ROWS, null, START, 1, 0);
    exists(POST);
    watermarks(START + SPREAD);
    rows(POST, 5, START + 3_000);
    OperatorSubtaskState savepoint = harness.snapshot(1, START + 3_000);
    long change = START + 20_000;
    goOnFrom(savepoint, change);
    for (int i = 0; i < 5; i++) {
      event(POST, START + 3_000);
    }
    rows(POST, 1, START + 5_000); // not read yet, beside its event
    event(POST, START + 5_000);
    watermarks(change + SPREAD);
    likes(last(), 6);
    event(POST, change + GRACE * 1_000); // of a row that was read before the change, maybe
    likes(last(), 6);
    long after = change + GRACE * 1_000 + 3_000;
    event(POST, after);
    likes(last(), 7);
    OperatorSubtaskState checkpoint = harness.snapshot(2, after);
    rows(POST, 1, after);
    likes(last(), 7);

    goOnFrom(checkpoint, after + 7_000);
    event(POST, START + 5_000); // later than others
    rows(POST, 1, after);
    watermarks(after + 7_000 + SPREAD);
    likes(last(), 7);
    watermarks(after + 3 * GRACE * 1_000);
    likes(last(), 7);
    assertThat(harness.getSideOutput(Totals.DRIFT)).isNullOrEmpty();
  }

  @Test
  void aChangeFromEventsAndRowsToRowsCountsNoEventBesideItsRow() throws Exception {
    open();
    exists(POST);
    event(POST, START + 3_000);
    likes(last(), 1);
    OperatorSubtaskState savepoint = harness.snapshot(1, START + 3_000);
    long change = START + 4_000;
    harness.close();
    harness = create(CounterMode.ROWS, savepoint, change, 1, 0);
    rows(POST, 1, START + 3_000);
    watermarks(change + SPREAD);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1));
    watermarks(change + 3 * GRACE * 1_000);
    likes(last(), 1);
  }

  /** Those events are read by nobody again, so nothing else would touch what they have raised. */
  @Test
  void aRunWithoutEventsWritesAgainWhatEventsMayHaveRaisedSinceItsCheckpoint() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START - 100_000);
    OperatorSubtaskState before = harness.snapshot(1, START + 3_000);
    event(POST, START + 4_000); // has no row
    likes(last(), 6);
    harness.close();
    harness = create(CounterMode.ROWS, before, START + 5_000, 1, 0);
    watermarks(START + 5_000 + SPREAD);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 5));
    OperatorSubtaskState ofRows = harness.snapshot(2, START + 9_000);

    harness.close();
    harness = create(CounterMode.ROWS, ofRows, START + 10_000, 1, 0);
    watermarks(START + 10_000 + SPREAD);
    assertThat(updates()).as("once is enough").isEmpty();

    goOnFrom(ofRows, START + 20_000); // with events, and back to where it came from
    harness.close();
    harness = create(CounterMode.ROWS, ofRows, START + 30_000, 1, 0);
    watermarks(START + 30_000 + SPREAD);
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 5));
  }

  @Test
  void aReplayThatWasFrozenIsNotOver() throws Exception {
    restart();
    rows(POST, 1, START + 3_000);
    harness.setProcessingTime(START + 60_500);
    harness.setProcessingTime(START + 60_000 + 3 * PATIENCE); // a look that comes much too late
    assertThat(updates()).isEmpty();
  }

  @Test
  void withoutRowsTheGateWaitsForTheEventsAlone() throws Exception {
    harness.close();
    harness = create(CounterMode.EVENTS, null, START, 1, 0);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    harness.processWatermarkStatus1(WatermarkStatus.IDLE);
    event(POST, START - 5_000);
    assertThat(updates()).as("a topic that is half read").isEmpty();
    harness.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    harness.processWatermark1(new Watermark(START + SPREAD));
    assertThat(updates()).singleElement().satisfies(update -> likes(update, 1));
  }

  @Test
  void aTargetThatOnlyASinkKnowsIsDeletedThereByABootstrap() throws Exception {
    harness.processElement2(new StreamRecord<>(new Refresh(OTHER)));
    watermarks(START + SPREAD);
    assertThat(updates())
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.target()).isEqualTo(OTHER);
              assertThat(update.gone()).isTrue();
            });
    assertThat(harness.numKeyedStateEntries()).as("and needs no state").isZero();
  }

  @Test
  void aRefreshWritesWhatIsKnownAlthoughNothingHasChanged() throws Exception {
    open();
    exists(POST);
    rows(POST, 3, START + 3_000);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    assertThat(updates()).hasSize(2);
    likes(last(), 3);
  }

  @Test
  void aTargetThatNothingCountsForIsNotWritten() throws Exception {
    open();
    exists(POST);
    watermarks(START + 600_000);
    assertThat(updates()).isEmpty();
  }

  @Test
  void aHardDeletedTargetTakesItsCountersWithIt() throws Exception {
    open();
    exists(POST);
    rows(POST, 3, START + 3_000);
    harness.processElement2(new StreamRecord<>(new TargetRow(POST, new RowVersion(1, 99), false)));
    assertThat(last().gone()).isTrue();
    likes(last(), 0);
    watermarks(START + RETENTION * 2);
    rowsGone(POST, 3, START + RETENTION * 2);
    watermarks(START + RETENTION * 4);
    assertThat(harness.numKeyedStateEntries()).as("forgotten in the end").isZero();
  }

  @Test
  void anEventForATargetThatNeverAppearsIsDeletedAfterTheGrace() throws Exception {
    open();
    event(OTHER, START + 3_000);
    likes(last(), 1);
    watermarks(START + 3_000 + GRACE * 1000 + 1_000);
    assertThat(last().gone()).isTrue();
  }

  @Test
  void rowsOfATargetThatNeverAppearsAreNotServedAfterTheGrace() throws Exception {
    open();
    rows(OTHER, 2, START + 3_000);
    likes(last(), 2);
    watermarks(START + 3_000 + GRACE * 1000 + 1_000);
    assertThat(last().gone()).isTrue();
    exists(OTHER);
    assertThat(last().gone()).isFalse();
    likes(last(), 2);
  }

  @Test
  void aTruncatedTableDropsItsCountsBeforeItsWatermarkIsPromised() throws Exception {
    open();
    exists(POST);
    rows(POST, 3, START + 3_000);
    harness.processElement2(
        new StreamRecord<>(
            new Generation(new GenerationComplete(CdcTable.LIKES, 2, START + 5_000))));
    likes(last(), 3);
    harness.processWatermark2(new Watermark(START + 5_000));
    likes(last(), 0);
    List<Object> out = List.copyOf(harness.getOutput());
    assertThat(out.get(out.size() - 1)).isEqualTo(new Watermark(START + 5_000));
    assertThat(out.get(out.size() - 2)).isInstanceOf(StreamRecord.class);
  }

  @Test
  void aReaderSeesNothingOfRowsThatAreCarriedIntoANewerGeneration() throws Exception {
    open();
    exists(POST);
    rows(POST, 3, START + 3_000);
    int written = updates().size();
    carried(POST, 2, 1, 2);
    assertThat(updates()).hasSize(written);

    harness.processElement2(
        new StreamRecord<>(
            new Generation(new GenerationComplete(CdcTable.LIKES, 2, START + 5_000))));
    harness.processWatermark2(new Watermark(START + 5_000));
    likes(last(), 2); // the third was known to the older one alone
  }

  @Test
  void stateSurvivesARescaleToTwoAndBack() throws Exception {
    open();
    for (int id = 1; id <= 100; id++) {
      CounterTarget target = new CounterTarget(Target.Type.REEL, Id.of(id));
      exists(target);
      rows(target, id, START + 3_000);
    }
    OperatorSubtaskState one = harness.snapshot(1, START + 4_000);
    harness.close();

    OperatorSubtaskState[] halves = new OperatorSubtaskState[2];
    int written = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      var part = rescaled(one, 1, 2, subtask, START + 60_000);
      part.processWatermark1(new Watermark(START + 60_000 + SPREAD));
      part.processWatermark2(new Watermark(START + 60_000 + SPREAD));
      halves[subtask] = part.snapshot(2, START + 61_000);
      written += part.extractOutputValues().size();
      part.close();
    }
    assertThat(written).as("untouched targets are not written again").isZero();
    OperatorSubtaskState both =
        org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness.repackageState(halves);
    harness = rescaled(both, 2, 1, 0, START + 120_000);
    for (int id = 1; id <= 100; id++) {
      harness.processElement2(
          new StreamRecord<>(new Refresh(new CounterTarget(Target.Type.REEL, Id.of(id)))));
    }
    watermarks(START + 120_000 + SPREAD);
    assertThat(updates()).hasSize(100).allSatisfy(u -> likes(u, u.target().id().number()));
  }

  @Test
  void aLossOfAStoreHasAllWrittenAgainBeforeTimePasses() throws Exception {
    open();
    exists(POST);
    rows(POST, 2, START + 3_000);
    exists(OTHER);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    LOSSES.set("one");
    goOnFrom(checkpoint, START + 60_000);
    watermarks(START + 60_000 - 1);
    assertThat(updates()).isEmpty();
    watermarks(START + 60_000 + SPREAD);
    assertThat(updates()).extracting(CounterUpdate::target).containsExactly(POST);
    likes(last(), 2);
    assertThat(indexOfLast(CounterUpdate.class)).isLessThan(indexOfLast(Watermark.class));

    goOnFrom(harness.snapshot(2, START + 63_000), START + 120_000);
    watermarks(START + 120_000 + SPREAD);
    assertThat(updates()).as("once").isEmpty();
  }

  @Test
  void aLossIsMadeGoodAgainByARunFromACheckpointOfBefore() throws Exception {
    open();
    exists(POST);
    rows(POST, 2, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    LOSSES.set("one");
    goOnFrom(checkpoint, START + 60_000);
    OperatorSubtaskState shut = harness.snapshot(2, START + 60_500);
    goOnFrom(shut, START + 90_000);
    watermarks(START + 90_000 + SPREAD);
    assertThat(updates()).as("the gate had not opened").hasSize(1);
    goOnFrom(checkpoint, START + 120_000);
    watermarks(START + 120_000 + SPREAD);
    assertThat(updates()).hasSize(1);
  }

  /** The place among all that came out. */
  private int indexOfLast(Class<?> type) {
    List<Object> output = List.copyOf(harness.getOutput());
    for (int i = output.size() - 1; i >= 0; i--) {
      Object element = output.get(i);
      if (type.isInstance(element)
          || element instanceof StreamRecord<?> record && type.isInstance(record.getValue())) {
        return i;
      }
    }
    return -1;
  }

  // --- the harness, in the words of the tests
  // -----------------------------------------------------

  private static KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, CounterDelta, TruthChange, CounterUpdate>
      harness(OperatorSubtaskState state, long now, int parallelism, int subtask) throws Exception {
    return create(CounterMode.EVENTS_AND_ROWS, state, now, parallelism, subtask);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, CounterDelta, TruthChange, CounterUpdate>
      rescaled(OperatorSubtaskState state, int from, int to, int subtask, long now)
          throws Exception {
    OperatorSubtaskState part =
        org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness.repartitionOperatorState(
            state, 720, from, to, subtask);
    return create(CounterMode.EVENTS_AND_ROWS, part, now, to, subtask);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          CounterTarget, CounterDelta, TruthChange, CounterUpdate>
      create(CounterMode mode, OperatorSubtaskState state, long now, int parallelism, int subtask)
          throws Exception {
    RunNumbers runs = new Numbers();
    var settings = new TotalsSettings(mode, GRACE, SPREAD, SPREAD, PATIENCE, RETENTION, MAX_AGE);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new Totals(settings, runs, IdKinds.NUMBERS),
            CounterDelta::target,
            TruthChange::target,
            CounterTarget.TYPE,
            720,
            parallelism,
            subtask);
    harness.getExecutionConfig().disableGenericTypes();
    harness.setProcessingTime(now);
    harness.setup(CounterUpdate.TYPE.createSerializer(harness.getExecutionConfig()));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private void open() throws Exception {
    watermarks(START + SPREAD);
  }

  /** Time passes as a task sees it that runs: look by look. */
  private void pass(long until) throws Exception {
    for (long now = harness.getProcessingTime(); now < until; ) {
      now = Math.min(until, now + 500);
      harness.setProcessingTime(now);
    }
  }

  private void watermarks(long time) throws Exception {
    harness.processWatermark1(new Watermark(time));
    harness.processWatermark2(new Watermark(time));
  }

  /** As after a TRUNCATE: no change of the row says so. */
  @Test
  void aTargetThatANewGenerationHasNotIsToldToBeGone() throws Exception {
    open();
    exists(POST);
    complete(2, START + 3_000);
    watermarks(START + 4_000);
    assertThat(harness.getSideOutput(Totals.DROPPED))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.getValue())
                    .isEqualTo(new TargetRow(POST, new RowVersion(2, 0), false)));
  }

  @Test
  void aCountThatIsProvenWrongBecomesWhatTheTablesSay() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    correct(POST, last().version(), 3);
    likes(last(), 3);
    rows(POST, 1, START + 4_000);
    likes(last(), 4); // what comes later counts on from there
  }

  @Test
  void aTargetThatIsProvenToHaveNoRowIsShownToNobodyUntilOneComes() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    harness.processElement2(
        new StreamRecord<>(new Correction(POST, last().version(), null, found(5))));
    assertThat(last().gone()).isTrue();
    exists(POST);
    rows(POST, 1, START + 4_000);
    assertThat(last().gone()).isFalse();
    likes(last(), 1);
  }

  @Test
  void aCorrectionOfWhatWasWrittenSinceChangesNothing() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    long proven = last().version();
    rows(POST, 1, START + 4_000);
    int written = updates().size();
    correct(POST, proven, 3);
    assertThat(updates()).hasSize(written);
    correct(POST, last().version(), 4);
    correct(POST, proven, 3); // sent twice
    likes(last(), 4);
  }

  private void correct(CounterTarget target, long ifVersion, long likes) throws Exception {
    correct(target, ifVersion, likes, null);
  }

  private void correct(CounterTarget target, long ifVersion, long likes, Counts found)
      throws Exception {
    harness.processElement2(
        new StreamRecord<>(new Correction(target, ifVersion, Counts.of(likes, 0, 0), found)));
  }

  private static Counts found(long likes) {
    return Counts.of(likes, 0, 0);
  }

  /** Of a write that the state does not know any more: a refresh comes before a correction. */
  @Test
  void aCorrectionThatIsReadAgainAfterAFailureIsNotLost() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    long proven = last().version();
    correct(POST, proven, 3, found(5));
    likes(last(), 3);

    goOnFrom(checkpoint, START + 60_000);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    correct(POST, proven, 3, found(5));
    correct(POST, proven, 3, found(5)); // sent twice
    assertThat(updates()).as("shut").isEmpty();
    goOnFrom(harness.snapshot(2, START + 61_000), START + 70_000); // and not read again then
    watermarks(START + 70_001);
    rows(POST, 1, START + 70_000); // before the target's own time
    likes(last(), 4);
    watermarks(START + 70_000 + SPREAD);
    likes(last(), 4);
    correct(POST, proven, 3, found(5));
    likes(last(), 4);
  }

  @Test
  void aCorrectionThatIsReadAgainBesideWhatCameSinceChangesNothing() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    long proven = last().version();

    goOnFrom(checkpoint, START + 60_000);
    correct(POST, proven, 3, found(5));
    rows(POST, 1, START + 4_000); // was there before it, or is not in what the tables said
    watermarks(START + 60_000 + SPREAD);
    likes(last(), 6);
  }

  @Test
  void aCorrectionThatIsReadAgainIsNotLostBecauseAnotherCounterOfTheTargetHasChanged()
      throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    long proven = last().version();

    goOnFrom(checkpoint, START + 60_000);
    correct(POST, proven, 3, found(5));
    long second = (START + 59_000) / 1000;
    harness.processElement2(
        new StreamRecord<>(new CounterDelta(POST, CounterKind.COMMENTS, true, second, 1, true, 1)));
    watermarks(START + 60_000 + SPREAD);
    assertThat(last().counts().of(CounterKind.LIKES)).isEqualTo(3);
    assertThat(last().counts().of(CounterKind.COMMENTS)).isEqualTo(1);
  }

  @Test
  void correctionsThatAreReadAgainFollowEachOther() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    long first = last().version();
    correct(POST, first, 3, found(5));
    long second = last().version();
    correct(POST, second, 4, found(3));
    likes(last(), 4);

    goOnFrom(checkpoint, START + 60_000);
    correct(POST, first, 3, found(5));
    correct(POST, second, 4, found(3));
    correct(POST, second, 4, found(3)); // sent twice
    watermarks(START + 60_000 + SPREAD);
    likes(last(), 4);
  }

  /** The rows of an unlike may be compacted away when its event is read again. */
  @Test
  void aCorrectionThatIsReadAgainIsJudgedWithoutEventsThatRowsHavePassed() throws Exception {
    open();
    exists(POST);
    rows(POST, 2, START + 3_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, START + 3_000);
    long proven = last().version();

    goOnFrom(checkpoint, START + 60_000);
    harness.processElement1(
        new StreamRecord<>(
            new CounterDelta(POST, CounterKind.LIKES, false, START / 1000 + 3, 0, true, 1)));
    correct(POST, proven, 3, found(2));
    watermarks(START + 60_000 + SPREAD);
    likes(last(), 3);
  }

  /** An unlike whose row will not come is not to be made up for. */
  @Test
  void aCorrectionLeavesCountersAloneThatAreRight() throws Exception {
    open();
    exists(POST);
    harness.processElement1(
        new StreamRecord<>(
            new CounterDelta(POST, CounterKind.LIKES, false, START / 1000 + 3, 0, true, 1)));
    likes(last(), 0);
    harness.processElement2(
        new StreamRecord<>(new Correction(POST, last().version(), Counts.of(0, 1, 0), found(0))));
    assertThat(last().counts().of(CounterKind.COMMENTS)).isEqualTo(1);
    watermarks(START + 3 * GRACE * 1_000);
    likes(last(), 0);
  }

  @Test
  void aCorrectionOfWhatWasFoundBeforeARestartCountsIfThatIsStillServed() throws Exception {
    open();
    exists(POST);
    rows(POST, 5, START + 3_000);
    long proven = last().version();
    goOnFrom(harness.snapshot(1, START + 3_000), START + 60_000);
    harness.processElement2(new StreamRecord<>(new Refresh(POST)));
    watermarks(START + 60_000 + SPREAD);
    likes(last(), 5);
    correct(POST, proven, 3, found(4));
    likes(last(), 5);
    correct(POST, proven, 3, found(5));
    likes(last(), 3);
  }

  /** After an event the job fails and goes on from a checkpoint. */
  private void restart() throws Exception {
    open();
    exists(POST);
    event(POST, START + 3_000);
    goOnFrom(harness.snapshot(1, START + 3_000), START + 60_000);
  }

  private void goOnFrom(OperatorSubtaskState checkpoint, long now) throws Exception {
    harness.close();
    harness = harness(checkpoint, now, 1, 0);
  }

  private void event(CounterTarget target, long time) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            new CounterDelta(target, CounterKind.LIKES, true, time / 1000, 0, true, 1)));
  }

  private void eventOfOneThatWent(CounterTarget target, long time) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            new CounterDelta(target, CounterKind.LIKES, false, time / 1000, 0, true, 1)));
  }

  private void rows(CounterTarget target, int count, long time) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new CounterDelta(target, CounterKind.LIKES, true, time / 1000, 1, true, count)));
  }

  private void carried(CounterTarget target, int count, long from, long to) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new CounterDelta(
                target, CounterKind.LIKES, true, START / 1000, to, false, from, count)));
  }

  private void complete(long generation, long effectiveAt) throws Exception {
    for (CdcTable table : List.of(CdcTable.LIKES, CdcTable.POSTS)) {
      harness.processElement2(
          new StreamRecord<>(
              new Generation(new GenerationComplete(table, generation, effectiveAt))));
    }
  }

  private void rowsGone(CounterTarget target, int count, long time) throws Exception {
    harness.processElement2(
        new StreamRecord<>(
            new CounterDelta(target, CounterKind.LIKES, false, time / 1000, 1, true, count)));
  }

  private void exists(CounterTarget target) throws Exception {
    harness.processElement2(new StreamRecord<>(new TargetRow(target, new RowVersion(1, 10), true)));
  }

  private List<CounterUpdate> updates() {
    return harness.extractOutputValues();
  }

  private CounterUpdate last() {
    return updates().get(updates().size() - 1);
  }

  private long forwarded() {
    return harness.getOutput().stream()
        .filter(Watermark.class::isInstance)
        .mapToLong(mark -> ((Watermark) mark).getTimestamp())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  private static void likes(CounterUpdate update, long likes) {
    assertThat(update.counts().of(CounterKind.LIKES)).isEqualTo(likes);
  }
}
