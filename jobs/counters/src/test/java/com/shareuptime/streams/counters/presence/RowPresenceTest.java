package com.shareuptime.streams.counters.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The truth is a set: whatever a topic repeats, drops by compaction or re-reads. */
class RowPresenceTest {
  private static final RowKey KEY = RowKey.of(CounterKind.COMMENTS, Id.of(5));
  private static final CounterTarget ONE = new CounterTarget(Target.Type.POST, Id.of(1));
  private static final CounterTarget TWO = new CounterTarget(Target.Type.POST, Id.of(2));

  @Test
  void aSoftDeleteAndItsUndoCountLikeADeleteAndAnInsert() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 10, true, ONE), out::add);
    presence = RowPresence.apply(presence, row(1, 20, false, ONE), out::add);
    RowPresence.apply(presence, row(1, 30, true, ONE), out::add);
    assertThat(out).extracting(CounterDelta::create).containsExactly(true, false, true);
  }

  @Test
  void aDeleteThatCarriesOnlyTheKeyIsTakenFromTheTargetThatIsKnown() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 10, true, ONE), out::add);
    RowPresence.apply(presence, row(1, 20, false, null), out::add);
    assertThat(out.get(1).target()).isEqualTo(ONE);
    assertThat(out.get(1).create()).isFalse();
  }

  @Test
  void anOlderChangeHasNoEffect() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 20, true, ONE), out::add);
    out.clear();
    assertThat(RowPresence.apply(presence, row(1, 10, false, ONE), out::add)).isSameAs(presence);
    assertThat(out).isEmpty();
  }

  /** Compaction took its coming, which a run that failed had written. */
  @Test
  void theGoingOfARowThatWasNeverSeenTouchesItsTargetAndCountsNothing() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 20, false, ONE), out::add);
    assertThat(out)
        .singleElement()
        .satisfies(
            delta -> {
              assertThat(delta.target()).isEqualTo(ONE);
              assertThat(delta.count()).isZero();
              assertThat(delta.announced()).isFalse();
            });
    RowPresence.apply(presence, row(1, 30, false, ONE), out::add);
    assertThat(out).as("once").hasSize(1);
    RowPresence.apply(null, row(1, 20, false, null), out::add);
    assertThat(out).as("no target is known").hasSize(1);
  }

  @Test
  void aMovedRowLeavesOneTargetForTheOtherAndHasNoEvent() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 10, true, ONE), out::add);
    RowPresence.apply(presence, row(1, 20, true, TWO), out::add);
    assertThat(out.subList(1, 3))
        .allSatisfy(delta -> assertThat(delta.announced()).isFalse())
        .extracting(CounterDelta::target)
        .containsExactly(ONE, TWO);
  }

  @Test
  void aRowThatANewerSnapshotHasAsWellMovesIntoItsGeneration() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 10, true, ONE), out::add);
    RowPresence.apply(presence, row(2, 0, true, ONE), out::add);
    assertThat(out.subList(1, out.size()))
        .singleElement()
        .satisfies(
            delta -> {
              assertThat(delta.carriedFrom()).isEqualTo(1);
              assertThat(delta.generation()).isEqualTo(2);
              assertThat(delta.create()).isTrue();
              assertThat(delta.announced()).isFalse();
            });
  }

  /** Its deletion fell into the gap before a snapshot, or was a TRUNCATE. */
  @Test
  void aKeyThatComesAgainForAnotherTargetInANewerGenerationMayHaveEventsOfBoth() {
    List<CounterDelta> out = new ArrayList<>();
    RowPresence presence = RowPresence.apply(null, row(1, 10, true, ONE), out::add);
    RowPresence.apply(presence, row(2, 20, true, TWO), out::add);
    assertThat(out.get(1).target()).isEqualTo(ONE);
    assertThat(out.get(1).generation()).isEqualTo(1);
    assertThat(out.get(1).announced()).isTrue();
    assertThat(out.get(2).target()).isEqualTo(TWO);
    assertThat(out.get(2).generation()).isEqualTo(2);
    assertThat(out.get(2).announced()).isTrue();
  }

  @Test
  void anyHistoryWithRepeatsAndGapsEndsWithWhatTheLastChangeSays() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      List<CountedRow> history = new ArrayList<>();
      long generation = 1;
      long lsn = 10;
      for (int n = 1 + random.nextInt(12); n > 0; n--) {
        lsn += 1 + random.nextInt(5);
        if (random.nextInt(8) == 0) {
          generation++;
          lsn = 0;
        }
        history.add(row(generation, lsn, random.nextInt(3) > 0, random.nextBoolean() ? ONE : TWO));
      }
      Map<CounterTarget, Integer> counts = new HashMap<>();
      RowPresence presence = null;
      for (int i = 0; i < history.size(); i++) {
        boolean compactedAway = i < history.size() - 1 && random.nextInt(4) == 0;
        if (compactedAway) {
          continue;
        }
        for (int back = random.nextInt(3); back >= 0; back--) {
          CountedRow row = history.get(Math.max(0, i - back)); // repeats, older ones first
          presence = RowPresence.apply(presence, row, delta -> add(counts, delta));
        }
      }
      CountedRow last = history.get(history.size() - 1);
      for (CounterTarget target : List.of(ONE, TWO)) {
        int expected = last.counted() && target.equals(last.target()) ? 1 : 0;
        assertThat(counts.getOrDefault(target, 0)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  /** Its amount stays with the row, as a delete does not say it; a change is a difference. */
  @Test
  void aRowCountsForItsAmountUntilItGoes() {
    List<CounterDelta> deltas = new ArrayList<>();
    RowPresence vote = RowPresence.apply(null, amount(1, ONE, -1), deltas::add);
    vote = RowPresence.apply(vote, amount(2, ONE, 3), deltas::add);
    vote =
        RowPresence.apply(
            vote, new CountedRow(KEY, new RowVersion(1, 3), false, null, 9), deltas::add);
    assertThat(vote.amount()).isEqualTo(3);
    assertThat(deltas)
        .extracting(CounterDelta::create, CounterDelta::count, CounterDelta::announced)
        .containsExactly(tuple(false, 1L, true), tuple(true, 4L, true), tuple(false, 3L, true));
  }

  private static CountedRow amount(long lsn, CounterTarget target, long amount) {
    return new CountedRow(KEY, new RowVersion(1, lsn), true, target, false, 9, amount, false);
  }

  private static void add(Map<CounterTarget, Integer> counts, CounterDelta delta) {
    int amount = (int) (delta.create() ? delta.count() : -delta.count());
    int change = delta.carriedFrom() > 0 ? 0 : amount;
    counts.merge(delta.target(), change, Integer::sum);
  }

  private static CountedRow row(long generation, long lsn, boolean counted, CounterTarget target) {
    return new CountedRow(KEY, new RowVersion(generation, lsn), counted, target, 1_000_000);
  }
}
