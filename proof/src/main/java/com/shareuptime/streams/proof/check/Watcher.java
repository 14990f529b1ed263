package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A reader that polls one surface all along and compares each answer with the one before and with
 * what the surface's progress promises. The progress is read first, so an answer may be newer than
 * it, never older.
 */
final class Watcher extends SurfaceReader {
  private static final int OTHERS_A_ROUND = 40;

  private final CounterSurface counters;
  private final List<CountedView> ofRows;
  private final GrowthLedger ledger;
  private final List<Target> growing;
  private final List<Target> others;
  private final Map<Target, Counts> opening = new HashMap<>();
  private final Map<Target, Served> last = new HashMap<>();

  /**
   * What is committed on the growing targets by now is what a bootstrap must start from.
   *
   * @param counted what there is: amounts may well be below zero, how many rows there are may not
   */
  Watcher(
      CounterSurface surface,
      List<CountedView> counted,
      GrowthLedger ledger,
      List<Target> growing,
      List<Target> others,
      long pauseMillis) {
    super(surface.name(), pauseMillis);
    this.counters = surface;
    this.ofRows = counted.stream().filter(counter -> !counter.hasAmount()).toList();
    this.ledger = ledger;
    this.growing = growing;
    this.others = others;
    growing.forEach(
        target -> opening.put(target, ledger.growth(surface.name(), target).committed()));
  }

  @Override
  void round() {
    Lsn progress = counters.progress();
    List<Target> wanted = new ArrayList<>(growing);
    for (int i = 0; i < OTHERS_A_ROUND && !others.isEmpty(); i++) {
      wanted.add(others.get(ThreadLocalRandom.current().nextInt(others.size())));
    }
    Map<Target, Served> answers = counters.read(wanted);
    long nanoTime = System.nanoTime();
    for (int i = 0; i < wanted.size(); i++) {
      Target target = wanted.get(i);
      Served now = answers.get(target);
      read();
      if (now != null) {
        judgeVersion(target, last.get(target), now);
      }
      if (i < growing.size()) {
        judgeGrowing(progress, target, last.get(target), now, nanoTime);
      }
      if (now != null) {
        last.put(target, now);
      }
    }
  }

  private void judgeVersion(Target target, Served before, Served now) {
    if (before != null && now.version() < before.version()) {
      report(Violation.VERSION_BACK, target, "from %s to %s".formatted(before, now));
    }
    if (ofRows.stream().anyMatch(counter -> now.counts().of(counter) < 0)) {
      report(Violation.NEGATIVE, target, now.toString());
    }
  }

  private void judgeGrowing(Lsn progress, Target target, Served before, Served now, long nanoTime) {
    Counts counts = now == null ? Counts.ZERO : now.toReader();
    if (before == null && now != null && !counts.reaches(opening.get(target))) {
      report(
          Violation.EARLY_BOOTSTRAP,
          target,
          "%s, while %s were there from the start".formatted(counts, opening.get(target)));
    }
    if (before != null && !counts.reaches(before.toReader())) {
      report(Violation.STEP_BACK, target, "from %s to %s".formatted(before, now));
    }
    Growth growth = ledger.growth(surface(), target);
    Counts promised = growth.promisedAt(progress);
    if (!counts.reaches(promised)) {
      report(
          Violation.BROKEN_PROMISE,
          target,
          "%s at progress %s, which promises %s".formatted(counts, progress, promised));
    }
    seen(growth, counts, nanoTime);
  }

  private void report(Violation violation, Target target, String what) {
    report(violation, target + ": " + what);
  }

  @Override
  void close() {
    counters.close();
  }
}
