package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * A reader that polls one surface all along and compares each answer with the one before and with
 * what the surface's progress promises. The progress is read first, so an answer may be newer than
 * it, never older.
 */
final class Watcher implements Runnable {
  private static final int OTHERS_A_ROUND = 40;
  private static final int EXAMPLES = 10;

  /** What was seen; a copy. */
  record Sightings(
      String surface,
      long reads,
      long unansweredRounds,
      Map<Violation, Long> violations,
      List<String> examples,
      Histogram freshnessMicros) {}

  private final CounterSurface surface;
  private final GrowthLedger ledger;
  private final List<Target> growing;
  private final List<Target> others;
  private final Map<Target, Counts> opening = new HashMap<>();
  private final long pauseMillis;
  private final Map<Target, Served> last = new HashMap<>();
  private final Map<Violation, Long> violations = new EnumMap<>(Violation.class);
  private final List<String> examples = new ArrayList<>();
  private final Histogram freshness = new Histogram(3);
  private long reads;
  private long unanswered;

  /** What is committed on the growing targets by now is what a bootstrap must start from. */
  Watcher(
      CounterSurface surface,
      GrowthLedger ledger,
      List<Target> growing,
      List<Target> others,
      long pauseMillis) {
    this.surface = surface;
    this.ledger = ledger;
    this.growing = growing;
    this.others = others;
    this.pauseMillis = pauseMillis;
    growing.forEach(
        target -> opening.put(target, ledger.growth(surface.name(), target).committed()));
  }

  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        round();
      } catch (SurfaceAwayException e) {
        unansweredRound();
      }
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    surface.close();
  }

  void round() {
    Lsn progress = surface.progress();
    List<Target> wanted = new ArrayList<>(growing);
    for (int i = 0; i < OTHERS_A_ROUND && !others.isEmpty(); i++) {
      wanted.add(others.get(ThreadLocalRandom.current().nextInt(others.size())));
    }
    Map<Target, Served> answers = surface.read(wanted);
    judge(progress, wanted, answers, System.nanoTime());
  }

  private synchronized void judge(
      Lsn progress, List<Target> wanted, Map<Target, Served> answers, long nanoTime) {
    for (int i = 0; i < wanted.size(); i++) {
      Target target = wanted.get(i);
      Served now = answers.get(target);
      reads++;
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
    if (now.counts().isNegative()) {
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
    Growth growth = ledger.growth(surface.name(), target);
    Counts promised = growth.promisedAt(progress);
    if (!counts.reaches(promised)) {
      report(
          Violation.BROKEN_PROMISE,
          target,
          "%s at progress %s, which promises %s".formatted(counts, progress, promised));
    }
    growth.seen(counts, nanoTime, freshness);
  }

  private void report(Violation violation, Target target, String what) {
    violations.merge(violation, 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add("%s %s %s: %s".formatted(Instant.now(), surface.name(), target, what));
    }
  }

  private synchronized void unansweredRound() {
    unanswered++;
  }

  synchronized Sightings sightings() {
    return new Sightings(
        surface.name(),
        reads,
        unanswered,
        Map.copyOf(violations),
        List.copyOf(examples),
        freshness.copy());
  }
}
