package com.shareuptime.streams.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.proof.traffic.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final Target POST = Target.post(Id.of(1));
  private static final String SURFACE = "counters.test";

  /** What a surface would answer is set by hand. */
  private static final class SetByHand implements CounterSurface {
    private Lsn progress = Lsn.NONE;
    private final Map<Target, Served> served = new HashMap<>();

    @Override
    public String name() {
      return SURFACE;
    }

    @Override
    public Lsn progress() {
      return progress;
    }

    @Override
    public Map<Target, Served> read(Collection<Target> targets) {
      return Map.copyOf(served);
    }

    @Override
    public Map<Target, Served> readAll() {
      return Map.copyOf(served);
    }

    @Override
    public void close() {}
  }

  private final SetByHand surface = new SetByHand();
  private final GrowthLedger ledger = new GrowthLedger(List.of(SURFACE));

  @Test
  void countsThatGrowAndKeepTheirPromisesAreNoViolation() {
    commit(3, 100);
    Watcher watcher = watcher();
    watcher.round();
    serve(3, 1);
    surface.progress = new Lsn(100);
    watcher.round();
    ledger.startMeasuring();
    commit(2, 200);
    serve(4, 2);
    watcher.round();
    serve(5, 3);
    surface.progress = new Lsn(200);
    watcher.round();

    assertThat(watcher.sightings().violations()).isEmpty();
    assertThat(watcher.sightings().reads()).isEqualTo(4);
    assertThat(watcher.sightings().freshnessMicros().getTotalCount())
        .as("what was there before is not measured")
        .isEqualTo(1);
  }

  @Test
  void aCountThatFallsIsAStepBack() {
    Watcher watcher = watcher();
    serve(5, 1);
    watcher.round();
    serve(4, 2);
    watcher.round();

    assertThat(watcher.sightings().violations())
        .containsExactly(Map.entry(Violation.STEP_BACK, 1L));
    assertThat(watcher.sightings().examples().get(0)).contains("post:1");
  }

  @Test
  void aCountThatVanishesIsAStepBack() {
    Watcher watcher = watcher();
    serve(5, 1);
    watcher.round();
    surface.served.clear();
    watcher.round();

    assertThat(watcher.sightings().violations()).containsOnlyKeys(Violation.STEP_BACK);
  }

  @Test
  void progressThatClaimsWhatIsNotThereIsABrokenPromise() {
    Watcher watcher = watcher();
    commit(1, 100);
    commit(1, 90);
    surface.progress = new Lsn(95);
    serve(1, 1);
    watcher.round();
    assertThat(watcher.sightings().violations()).isEmpty();

    surface.progress = new Lsn(100);
    watcher.round();
    assertThat(watcher.sightings().violations()).containsOnlyKeys(Violation.BROKEN_PROMISE);
  }

  @Test
  void aBootstrapServedInPartIsSeen() {
    commit(50, 10);
    Watcher watcher = watcher();
    serve(20, 1);
    watcher.round();

    assertThat(watcher.sightings().violations()).containsOnlyKeys(Violation.EARLY_BOOTSTRAP);
  }

  @Test
  void aVersionThatFallsAndACountBelowZeroAreSeen() {
    Watcher watcher = watcher();
    serve(5, 2);
    watcher.round();
    serve(5, 1);
    watcher.round();
    surface.served.put(POST, new Served(Counts.of(5, -1, 0), 3, false));
    watcher.round();

    assertThat(watcher.sightings().violations())
        .containsKeys(Violation.VERSION_BACK, Violation.NEGATIVE);
  }

  @Test
  void downVotesMayBeMoreThanVotes() {
    CountedView votes =
        new CountedView(
            CounterKind.of(3), "votes", "vote", Set.of("post"), "user_id", true, IdKind.NUMBER);
    Watcher watcher = watcher(List.of(votes));
    surface.served.put(POST, new Served(Counts.of(0, 0, 0, -7), 1, false));
    watcher.round();

    assertThat(watcher.sightings().violations()).doesNotContainKey(Violation.NEGATIVE);
  }

  private Watcher watcher() {
    return watcher(CountedView.CANONICAL);
  }

  private Watcher watcher(List<CountedView> counted) {
    return new Watcher(surface, counted, ledger, List.of(POST), List.of(), 1);
  }

  private void commit(int likes, long lsn) {
    ledger.committed(POST, Change.LIKE, likes, new Lsn(lsn), System.nanoTime());
  }

  private void serve(long likes, long version) {
    surface.served.put(POST, new Served(Counts.of(likes, 0, 0), version, false));
  }
}
