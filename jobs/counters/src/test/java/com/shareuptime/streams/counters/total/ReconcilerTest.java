package com.shareuptime.streams.counters.total;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDrift.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How events and rows become one count, under thousands of random histories. */
class ReconcilerTest {
  private static final long GRACE = 30;
  private static final int HISTORIES = 1_000;
  private static final CounterTarget POST = new CounterTarget(Target.Type.POST, Id.of(7));

  private final Reconciler reconciler = new Reconciler(GRACE, CounterMode.EVENTS_AND_ROWS);

  /** Something that reaches the totals: an event or a row, at a moment. */
  private record Arrival(long at, boolean isEvent, CounterDelta delta) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void afterQuietTheCountIsTheNumberOfRows(long seed) {
    for (int i = 0; i < HISTORIES; i++) {
      Random random = new Random(seed * HISTORIES + i);
      History history = new History(random);
      TargetTotals totals = new TargetTotals(0);
      long end = play(history.arrivals, totals);
      settle(totals, end + 2 * (GRACE + 2));
      assertThat(totals.served(CounterKind.LIKES))
          .as("seed %d", seed * HISTORIES + i)
          .isEqualTo(history.rows);
      assertThat(reconciler.waitsUntil(totals)).as("nothing waits").isEqualTo(Long.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aGainingCountNeverStepsBackWithoutPhantoms(long seed) {
    for (int i = 0; i < HISTORIES; i++) {
      Random random = new Random(seed * HISTORIES + i);
      List<Arrival> arrivals = new ArrayList<>();
      long second = 1_000;
      for (int n = 1 + random.nextInt(80); n > 0; n--) {
        second += random.nextInt(3);
        // the product sends the event after the commit: its second is the row's, or the next
        arrivals.add(event(second + random.nextInt(3), second + random.nextInt(2), true, 1));
        arrivals.add(row(second + random.nextInt(10), second, true, 1));
      }
      arrivals.sort(Comparator.comparingLong(Arrival::at));
      TargetTotals totals = new TargetTotals(0);
      long highest = 0;
      for (Arrival arrival : arrivals) {
        apply(totals, arrival, arrival.at() - 10);
        settle(totals, arrival.at() - 10);
        long served = totals.served(CounterKind.LIKES);
        assertThat(served).as("seed %d", seed * HISTORIES + i).isGreaterThanOrEqualTo(highest);
        highest = served;
      }
    }
  }

  /**
   * With rows far behind, the row of a lost event takes the event of a later row, which takes a
   * later one still. An event that comes late is then left over, though it has a row.
   */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void lateAndLostEventsDoNotMakeAGainingCountStepBack(long seed) {
    for (int i = 0; i < HISTORIES; i++) {
      Random random = new Random(seed * HISTORIES + i);
      int behind = 1 + random.nextInt(3 * (int) GRACE);
      int dense = 1 + random.nextInt(4);
      int disorder = 1 + random.nextInt(10); // partitions are not read evenly
      List<Arrival> arrivals = new ArrayList<>();
      long second = 1_000;
      for (int n = 1 + random.nextInt(400); n > 0; n--) {
        second += random.nextInt(dense) == 0 ? 1 : 0;
        arrivals.add(row(second + behind + random.nextInt(disorder), second, true, 1));
        boolean lost = random.nextInt(20) == 0;
        boolean late = random.nextInt(20) == 0;
        if (!lost) {
          long delay = late ? random.nextInt(2 * (int) GRACE) : random.nextInt(2);
          int early = random.nextInt(20) == 0 ? 1 : 0; // announced before the row got its time
          arrivals.add(event(second + delay, second - early, true, 1));
        }
      }
      arrivals.sort(Comparator.comparingLong(Arrival::at));
      TargetTotals totals = new TargetTotals(0);
      long highest = 0;
      for (Arrival arrival : arrivals) {
        long watermark = arrival.at() - behind - disorder;
        settle(totals, watermark);
        assertNoStepBack(totals, highest, seed * HISTORIES + i);
        highest = totals.served(CounterKind.LIKES);
        apply(totals, arrival, watermark);
        assertNoStepBack(totals, highest, seed * HISTORIES + i);
        highest = totals.served(CounterKind.LIKES);
      }
      settle(totals, second + 3 * GRACE);
      assertNoStepBack(totals, highest, seed * HISTORIES + i);
    }
  }

  /**
   * Partitions are read one after another then, further apart than the grace. Until the first
   * watermark what is known of time is that of the checkpoint, if that knew any.
   */
  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void aReplayOutOfOrderLeavesNothingToTakeBack(long seed) {
    for (int i = 0; i < HISTORIES; i++) {
      Random random = new Random(seed * HISTORIES + i);
      long passed = random.nextInt(4) == 0 ? Long.MIN_VALUE : 1_000 + random.nextInt(20);
      TargetTotals totals = new TargetTotals(0);
      List<CounterDelta> events = new ArrayList<>();
      List<List<CounterDelta>> partitions = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        partitions.add(new ArrayList<>());
      }
      long second = 1_000;
      int rows = 1 + random.nextInt(60);
      for (int n = 0; n < rows; n++) {
        second += random.nextInt(5);
        events.add(like(second, true, 0, 1));
        partitions.get(random.nextInt(4)).add(like(second, true, 1, 1));
      }
      List<CounterDelta> inOrderOfReading = new ArrayList<>();
      partitions.forEach(inOrderOfReading::addAll);
      int event = 0;
      int row = 0;
      while (event < rows || row < rows) {
        if (row == rows || (event < rows && random.nextBoolean())) {
          reconciler.event(totals, events.get(event++), passed);
        } else {
          reconciler.row(totals, inOrderOfReading.get(row++), passed, 0);
        }
      }
      reconciler.balance(totals, second + 3);
      for (long now = second + 3; now < second + 4 * GRACE; now++) {
        assertThat(totals.served(CounterKind.LIKES))
            .as("seed %d at %d", seed * HISTORIES + i, now)
            .isEqualTo(rows);
        settle(totals, now);
      }
    }
  }

  /** The row of an event as new as that may still be to come; here an older event has taken it. */
  @Test
  void aReplayEndsWithoutTheNewestEventsOnlyIfOlderOnesHaveTheirRows() {
    TargetTotals onTheWay = new TargetTotals(0);
    reconciler.row(onTheWay, like(100, true, 1, 1), 100, 0); // its event was lost
    reconciler.event(onTheWay, like(199, true, 0, 1), 100);
    reconciler.balance(onTheWay, 200);
    assertThat(onTheWay.served(CounterKind.LIKES)).isEqualTo(2);

    TargetTotals taken = new TargetTotals(0);
    reconciler.row(taken, like(170, true, 1, 1), 100, 0);
    reconciler.row(taken, like(199, true, 1, 1), 100, 0);
    reconciler.event(taken, like(140, true, 0, 1), 100); // takes the row of 170
    reconciler.event(taken, like(170, true, 0, 1), 100); // takes that of 199
    reconciler.event(taken, like(199, true, 0, 1), 100);
    reconciler.row(taken, like(140, true, 1, 1), 100, 0);
    reconciler.balance(taken, 200);
    assertThat(taken.served(CounterKind.LIKES)).isEqualTo(3);
  }

  private static void assertNoStepBack(TargetTotals totals, long highest, long seed) {
    assertThat(totals.served(CounterKind.LIKES))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(highest);
  }

  /** Were the oldest event taken instead of the nearest, the excess here would only grow. */
  @Test
  void phantomsDoNotHideBehindLiveTraffic() {
    TargetTotals totals = new TargetTotals(0);
    long rows = 0;
    long worst = 0;
    for (long now = 1_000; now < 1_600; now++) {
      for (int i = 0; i < 200; i++) {
        reconciler.event(totals, like(now, true, 0, 1), now);
      }
      for (int phantom = 0; phantom < 2; phantom++) {
        reconciler.event(totals, like(now, true, 0, 1), now);
      }
      for (int i = 0; i < 200; i++) {
        reconciler.row(totals, like(now, true, 1, 1), now, 0);
        rows++;
      }
      settle(totals, now);
      worst = Math.max(worst, totals.served(CounterKind.LIKES) - rows);
    }
    assertThat(worst).isBetween(1L, 2 * (GRACE + 2));
    settle(totals, 1_600 + GRACE + 2);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(rows);
  }

  @Test
  void aRowTakesTheNearestEventInTime() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.event(totals, like(100, true, 0, 1), 0);
    reconciler.event(totals, like(120, true, 0, 1), 0);
    reconciler.row(totals, like(119, true, 1, 1), 0, 0);
    assertThat(totals.kind(CounterKind.LIKES).ledger(true).oldestUnconfirmed()).isEqualTo(100);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(2);
  }

  @Test
  void anEventWhoseRowCameFirstChangesNothing() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.row(totals, like(100, true, 1, 1), 0, 0);
    reconciler.event(totals, like(101, true, 0, 1), 0);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(1);
    assertThat(reconciler.waitsUntil(totals)).isEqualTo(Long.MAX_VALUE);
  }

  /** Its own row has taken that row's event, and no row to come is nearer. */
  @Test
  void anEventThatIsStillServedIsTakenByALaterRowWhoseEventWasBorrowed() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.event(totals, like(101 + GRACE, true, 0, 1), 90);
    reconciler.row(totals, like(101, true, 1, 1), 90, 0);
    reconciler.event(totals, like(100, true, 0, 1), 90); // comes late
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(2);
    reconciler.row(totals, like(101 + GRACE, true, 1, 1), 120, 0);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(2);
    assertThat(reconciler.waitsUntil(totals)).isEqualTo(Long.MAX_VALUE);
  }

  /** Of a like and an unlike, say, whose rows were compacted away while the job was down. */
  @Test
  void aRowWhoseEventIsStillToComeTakesNoneThatIsOlderThanTheGrace() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.event(totals, like(100, true, 0, 1), 100);
    reconciler.event(totals, like(100, false, 0, 1), 100);
    long later = 101 + GRACE;
    reconciler.row(totals, like(later, true, 1, 1), 110, 0);
    reconciler.event(totals, like(later, true, 0, 1), 110);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(1);
    for (long now = 110; now < later + 3 * GRACE; now++) {
      settle(totals, now);
      assertThat(totals.served(CounterKind.LIKES)).as("at %d", now).isEqualTo(1);
    }
  }

  /** Whatever watermarks of events say: a starved reader of events is idle, and is no proof. */
  @Test
  void anEventThatIsStillServedFindsItsRowHoweverLateItComes() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.row(totals, like(1_000, true, 1, 1), 0, 0);
    long now = 1_000 + 2 * GRACE;
    settle(totals, now);
    reconciler.event(totals, like(1_000 + GRACE, true, 0, 1), now);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(1);
  }

  @Test
  void aHostWithAClockBehindDegradesToTheFreshnessOfRows() {
    TargetTotals totals = new TargetTotals(0);
    long late = 1_000 - GRACE - 1;
    assertThat(reconciler.event(totals, like(late, true, 0, 1), 1_000)).isEqualTo(1);
    assertThat(totals.served(CounterKind.LIKES)).isZero();
    reconciler.row(totals, like(1_000, true, 1, 1), 1_000, 0);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(1);
  }

  @Test
  void arrivalsAndDeparturesAreNeverNetted() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.event(totals, like(100, true, 0, 1), 0);
    reconciler.event(totals, like(100, false, 0, 1), 0);
    reconciler.row(totals, like(100, true, 1, 1), 0, 0);
    assertThat(totals.served(CounterKind.LIKES)).isZero();
    reconciler.row(totals, like(100, false, 1, 1), 0, 0);
    assertThat(totals.served(CounterKind.LIKES)).isZero();
    assertThat(reconciler.waitsUntil(totals)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void rowsOfAnOlderGenerationAreDroppedAtOnce() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.row(totals, like(100, true, 1, 5), Long.MAX_VALUE, 0);
    reconciler.row(totals, like(100, true, 2, 3), Long.MAX_VALUE, 0);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(8);
    reconciler.drop(totals, com.shareuptime.streams.cdc.CdcTable.LIKES, false, 2, 0);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(3);
    reconciler.row(totals, like(100, false, 1, 1), Long.MAX_VALUE, 2);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(3);
  }

  /** Of a row that a TRUNCATE has dropped, say: what comes again is a new one, and announced. */
  @Test
  void aRowThatComesAgainAfterItsGenerationWasDroppedTakesItsEvent() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.row(totals, like(100, true, 1, 1), 0, 0);
    reconciler.event(totals, like(100, true, 0, 1), 0);
    reconciler.drop(totals, com.shareuptime.streams.cdc.CdcTable.LIKES, false, 2, 0);
    assertThat(totals.served(CounterKind.LIKES)).isZero();
    CounterDelta again = carried(200, 1, 2);
    reconciler.event(totals, like(200, true, 0, 1), 190);
    reconciler.row(totals, again, 190, 2);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(1);
    reconciler.row(totals, again, 190, 2); // another one, before its event
    reconciler.event(totals, like(200, true, 0, 1), 190);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(2);
    assertThat(reconciler.waitsUntil(totals)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aRowThatIsCarriedIntoANewerGenerationTakesNoEvent() {
    TargetTotals totals = new TargetTotals(0);
    reconciler.row(totals, like(100, true, 1, 1), 0, 1);
    reconciler.event(totals, like(100, true, 0, 1), 0);
    reconciler.event(totals, like(101, true, 0, 1), 0); // of another row
    reconciler.row(totals, carried(101, 1, 2), 0, 1);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(2);
    assertThat(totals.kind(CounterKind.LIKES).ledger(true).unconfirmed()).isEqualTo(1);
  }

  @Test
  void whatIsSettledIsToldByReason() {
    TargetTotals totals = new TargetTotals(0);
    Map<Reason, Integer> told = new EnumMap<>(Reason.class);
    Reconciler.Settlements note =
        (kind, create, reason, second, amount) -> told.merge(reason, amount, Integer::sum);
    reconciler.event(totals, like(100, true, 0, 2), 0);
    reconciler.settle(totals, 200, 200, note);
    reconciler.row(totals, like(200, true, 1, 3), 0, 0);
    reconciler.settle(totals, 1_000, 1_000, note);
    assertThat(told).containsEntry(Reason.PHANTOM, 2).containsEntry(Reason.LOST, 3);
    assertThat(totals.served(CounterKind.LIKES)).isEqualTo(3);
  }

  private long play(List<Arrival> arrivals, TargetTotals totals) {
    long end = 0;
    for (Arrival arrival : arrivals) {
      // rows are at most 10 s behind, and so is what the watermark promises
      apply(totals, arrival, arrival.at() - 10);
      settle(totals, arrival.at() - 10);
      end = arrival.at();
    }
    return end;
  }

  private void apply(TargetTotals totals, Arrival arrival, long watermark) {
    if (arrival.isEvent()) {
      reconciler.event(totals, arrival.delta(), watermark);
    } else {
      reconciler.row(totals, arrival.delta(), watermark, 0);
    }
  }

  private void settle(TargetTotals totals, long watermark) {
    reconciler.settle(totals, watermark, watermark, (kind, create, reason, second, amount) -> {});
  }

  private static CounterDelta like(long second, boolean create, long generation, int count) {
    return new CounterDelta(POST, CounterKind.LIKES, create, second, generation, true, count);
  }

  private static CounterDelta carried(long second, long from, long to) {
    return new CounterDelta(POST, CounterKind.LIKES, true, second, to, false, from, 1);
  }

  private static Arrival event(long at, long second, boolean create, int count) {
    return new Arrival(at, true, like(second, create, 0, count));
  }

  private static Arrival row(long at, long second, boolean create, int count) {
    return new Arrival(at, false, like(second, create, 1, count));
  }

  /** Likes and unlikes with lost, phantom, late and early events, rows up to 10 s behind. */
  private static final class History {
    final List<Arrival> arrivals = new ArrayList<>();
    long rows;

    History(Random random) {
      long second = 1_000;
      for (int n = 1 + random.nextInt(100); n > 0; n--) {
        second += random.nextInt(4);
        boolean create = rows == 0 || random.nextInt(3) > 0;
        int fault = random.nextInt(10);
        boolean phantom = fault == 0;
        boolean lost = fault == 1;
        long skew = random.nextInt(5) - 2;
        long delay = fault == 2 ? random.nextInt(100) : random.nextInt(3);
        if (!lost) {
          arrivals.add(event(second + delay, second + skew, create, 1));
        }
        if (!phantom) {
          rows += create ? 1 : -1;
          arrivals.add(row(second + random.nextInt(10), second, create, 1));
        }
      }
      arrivals.sort(Comparator.comparingLong(Arrival::at));
    }
  }
}
