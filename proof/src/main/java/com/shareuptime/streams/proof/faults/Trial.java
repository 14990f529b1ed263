package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.RedisSurface;
import com.shareuptime.streams.proof.check.Violation;
import com.shareuptime.streams.proof.check.Watch;
import com.shareuptime.streams.proof.site.Operator;
import com.shareuptime.streams.proof.site.Site;
import com.shareuptime.streams.proof.site.SiteVerdict;
import com.shareuptime.streams.proof.traffic.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One fault from its beginning until all is right again, or until nobody would wait longer. */
final class Trial {
  /** An operator acts when something shows, or when others tell him. */
  private static final Duration UNTIL_TOLD = Duration.ofSeconds(60);

  private static final Duration PASS_PATIENCE = Duration.ofMinutes(4);

  /** More than the grace of counters and the staleness of documents together. */
  private static final Duration RIGHT_PATIENCE = Duration.ofSeconds(90);

  private static final Set<Violation> LOST_COUNTS =
      EnumSet.of(Violation.STEP_BACK, Violation.VERSION_BACK, Violation.BROKEN_PROMISE);

  private final Site site;
  private final Schedule.Entry entry;
  private final Operator operator;
  private final Instant at = Instant.now();
  private final long begin = System.nanoTime();
  private String what = "";
  private long end = begin;
  private double passed = -1;
  private double right = -1;
  private List<SurfaceResult> surfaces = List.of();
  private Watch.Seen seen;
  private String failure = "";

  Trial(Site site, Schedule.Entry entry) {
    this.site = site;
    this.entry = entry;
    this.operator = site.operator();
  }

  Outcome run() throws InterruptedException {
    try (FailureDetector lookout = FailureDetector.start(site.stack(), site.addresses())) {
      try {
        happen(lookout);
        awaitRight();
        site.requireTraffic();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failure = e.toString();
      }
      return outcome(lookout, seen == null ? site.watch().seen() : seen);
    }
  }

  private void happen(FailureDetector lookout) throws Exception {
    SuiteFault fault = entry.fault();
    what = fault.happening().happen(site, entry.random());
    end = System.nanoTime();
    if (fault.needsAnOperator()) {
      lookout.awaitFirst(UNTIL_TOLD);
      fault.remedy().apply(operator);
    }
  }

  private void awaitRight() throws Exception {
    if (!site.audit().awaitPassed(site.audit().commit(), PASS_PATIENCE)) {
      return;
    }
    passed = sinceEnd(System.nanoTime());
    try (Simulator.Rest rest = site.simulator().rest()) {
      site.watch().endWrites();
      SiteVerdict verdict = SiteVerdict.await(site, RIGHT_PATIENCE);
      surfaces = verdict.surfaces();
      if (verdict.isRight()) {
        right = sinceEnd(verdict.begunNanos());
        seen = site.watch().seen();
        site.watchAnew();
      }
    }
  }

  private double sinceEnd(long nanos) {
    return (nanos - end) / 1_000_000_000.0;
  }

  private Outcome outcome(FailureDetector lookout, Watch.Seen sightings) {
    Map<String, Map<Violation, Long>> promises = new TreeMap<>();
    Map<String, Map<Violation, Long>> forgiven = new TreeMap<>();
    sightings
        .violations()
        .forEach(
            (surface, of) ->
                of.forEach(
                    (violation, n) ->
                        (isPartOfTheFault(surface, violation) ? forgiven : promises)
                            .computeIfAbsent(surface, any -> new EnumMap<>(Violation.class))
                            .put(violation, n)));
    List<String> examples = new ArrayList<>();
    surfaces.forEach(one -> examples.addAll(one.examples()));
    sightings.examples().stream()
        .filter(
            example -> !entry.fault().losesServedCounts() || !example.contains(RedisSurface.NAME))
        .forEach(examples::add);
    if (failure.isEmpty() && !sightings.broken().isEmpty()) {
      failure = "a reader gave up: " + sightings.broken();
    }
    return new Outcome(
        entry.number(),
        entry.fault().label(),
        what,
        at.toString(),
        (end - begin) / 1_000_000_000.0,
        lookout.signals(),
        operator.typed(),
        passed,
        right,
        surfaces,
        promises,
        forgiven,
        sightings.ownWrites(),
        entry.fault().losesServedCounts() ? 0 : sightings.stale(),
        sightings.unanswered(),
        examples,
        failure);
  }

  /**
   * What Redis has lost reads as 0, own writes too, until somebody has it written anew. The writes
   * of the last seconds are sent again, each of them in its turn: versions from before the last.
   */
  private boolean isPartOfTheFault(String surface, Violation violation) {
    return entry.fault().losesServedCounts()
        && surface.equals(RedisSurface.NAME)
        && LOST_COUNTS.contains(violation);
  }
}
