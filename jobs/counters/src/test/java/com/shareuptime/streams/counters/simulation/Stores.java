package com.shareuptime.streams.counters.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterUpdate;
import com.shareuptime.streams.counters.total.TruthChange;
import com.shareuptime.streams.counters.total.TruthChange.Refresh;
import com.shareuptime.streams.counters.trending.Ranking;
import com.shareuptime.streams.counters.trending.TrendingList;
import com.shareuptime.streams.counters.window.WindowUpdate;
import com.shareuptime.streams.simulation.SimulatedStore;
import com.shareuptime.streams.simulation.Simulation;
import com.shareuptime.streams.version.WriteVersion;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.util.Collector;

/**
 * What the job writes, and what a reader may rely on at every moment: nothing that is written is
 * older than what progress has once said, of no surface.
 */
final class Stores {
  private final Simulation simulation;
  private final Truth truth;
  private final Map<String, SimulatedStore<CounterTarget, CounterUpdate>> counters =
      new LinkedHashMap<>();
  private final SimulatedStore<WindowUpdate.Key, WindowUpdate> windows = new SimulatedStore<>();
  private final Map<CounterTarget, CounterUpdate> topic = new LinkedHashMap<>();
  private final Map<String, Long> progress = new HashMap<>();
  private final Map<TrendingList, Ranking> rankings = new EnumMap<>(TrendingList.class);

  /** What runs above {@link #freshAfter} have found at their start without state. */
  private long foundByFresh;

  private long freshAfter = Long.MAX_VALUE;

  Stores(Simulation simulation, Truth truth) {
    this.simulation = simulation;
    this.truth = truth;
    for (String surface : List.of(SimulatedSinks.REDIS, SimulatedSinks.POSTGRES)) {
      counters.put(surface, new SimulatedStore<>());
      progress.put(surface, 0L);
    }
  }

  SimulatedStore<CounterTarget, CounterUpdate> counters(String surface) {
    return counters.get(surface);
  }

  /** The targets of which some surface holds counters. */
  Set<CounterTarget> held() {
    Set<CounterTarget> held = new LinkedHashSet<>();
    counters.values().forEach(store -> held.addAll(store.keys()));
    return held;
  }

  /** Lists them as a run does that must write them all. */
  static void list(Collector<TruthChange> out) {
    Stores stores = Simulation.current().shared(SimulatedSinks.STORES);
    stores.held().forEach(target -> out.collect(new Refresh(target)));
  }

  Iterable<String> surfaces() {
    return counters.keySet();
  }

  SimulatedStore<WindowUpdate.Key, WindowUpdate> windows() {
    return windows;
  }

  /** The last record of each key of the topic, as compaction keeps it. */
  Map<CounterTarget, CounterUpdate> topic() {
    return topic;
  }

  void rank(Ranking ranking) {
    rankings.merge(
        ranking.list(),
        ranking,
        (held, other) -> other.computedAt() > held.computedAt() ? other : held);
  }

  /** The lists as they stand. */
  Map<TrendingList, Ranking> rankings() {
    return rankings;
  }

  long progress(String surface) {
    return progress.get(surface);
  }

  /** How far the rows are settled with the events: when the lowest progress was. */
  long settledAt() {
    return truth.timeOf(lowestProgress());
  }

  /** Of the surface that is furthest behind. */
  long lowestProgress() {
    return Collections.min(progress.values());
  }

  /** A start without state: what its runs write contains all that was there then. */
  void startsFresh() {
    foundByFresh = truth.now();
    freshAfter = simulation.lastRunNumber();
    rankings.clear(); // what was listed stays for a while
  }

  void write(String surface, CounterUpdate update) {
    if (surface.equals(SimulatedSinks.TOPIC)) {
      topic.put(update.target(), update);
      return;
    }
    boolean kept = counters.get(surface).write(update.target(), update.version(), update);
    if (simulation.isTraced()) {
      simulation.note("%s %s%s", surface, text(update), kept ? "" : " is old");
    }
    if (kept) {
      check(surface, update.target());
    }
  }

  void write(WindowUpdate window) {
    boolean kept = windows.write(window.key(), window.version(), window);
    if (simulation.isTraced()) {
      simulation.note(
          "window %s of %s: %s%s",
          (window.start() - Simulation.START) / 1000,
          window.target().text(),
          window.counts(),
          kept ? "" : " is old");
    }
  }

  /** Says how far a surface is: then all of it must be there. */
  void progress(String surface, long lsn) {
    if (lsn <= progress.get(surface)) {
      return;
    }
    progress.put(surface, lsn);
    simulation.note("%s is at %d", surface, lsn);
    for (CounterTarget target : truth.targets()) {
      check(surface, target);
    }
  }

  private void check(String surface, CounterTarget target) {
    CounterUpdate shown = counters.get(surface).get(target);
    long since = progress.get(surface);
    long settled = truth.timeOf(since); // what a fresh run has found need not be settled
    if (shown != null && WriteVersion.run(shown.version()) > freshAfter) {
      since = Math.max(since, foundByFresh);
    }
    boolean gone = shown == null || shown.gone();
    if (gone && truth.mayBeGone(target, since)) {
      return;
    }
    if (!gone) {
      assertThat(truth.mayExist(target, since))
          .as("%s shows %s, which is gone; %d is promised", surface, target.text(), since)
          .isTrue();
    }
    for (int i = 0; i < CounterKind.FIXED; i++) {
      CounterKind kind = CounterKind.of(i);
      if (CountedView.CANONICAL.get(i).counts(target.type())) {
        long count = gone ? 0 : shown.counts().of(kind); // as readers take it
        assertThat(count)
            .as(
                "%s of %s at %s; %d is promised, now is %d",
                kind, target.text(), surface, since, truth.now())
            .isBetween(
                truth.fewest(target, kind, since, settled),
                truth.most(target, kind, since, settled));
      }
    }
  }

  private static String text(CounterUpdate update) {
    return "%s: %s%s"
        .formatted(update.target().text(), update.counts(), update.gone() ? " gone" : "");
  }
}
