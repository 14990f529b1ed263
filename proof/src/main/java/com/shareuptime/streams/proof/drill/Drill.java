package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.site.Operator;
import com.shareuptime.streams.proof.site.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Spoils rows of all surfaces under traffic, has reconcile look for them, asks their owners for
 * repairs, and has it look again.
 */
record Drill(Site site, SplittableRandom random, Consumer<String> log) {
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final int EXAMPLES = 5;

  /** So many rows by hand, on every surface. */
  BenchOutcome ofAllSurfaces(int rows) throws IOException, InterruptedException {
    Addresses addresses = site.addresses();
    // what the scarce ones lack is made up by the last, to which any number of rows can be added
    return run(
        List.of(
            new CorruptDocuments(addresses, Target.Type.REEL),
            new CorruptDocuments(addresses, Target.Type.POST),
            new CorruptHashes(addresses),
            new FeedRows(addresses),
            new FeedSets(addresses),
            new CorruptRows(addresses)),
        rows);
  }

  /** By a store of counters that loses one of so many writes, until so many are lost on average. */
  BenchOutcome ofLostWrites(int rows, int oneIn) throws IOException, InterruptedException {
    return run(List.of(new LosingTrigger(site, oneIn)), rows);
  }

  /**
   * What became of the rows that were spoiled on a surface.
   *
   * @param rewritten by their owner before reconcile had proven anything, as the traffic went on
   */
  private record Tally(String surface, int spoiled, int found, int rewritten, int missed) {}

  private BenchOutcome run(List<Corruption> spoilers, int rows)
      throws IOException, InterruptedException {
    try {
      site.requireRight(SETTLE);
      Operator operator = site.operator();
      List<CorruptEntry> spoiled = spoil(spoilers, rows);
      log.accept(spoiled.size() + " rows are spoiled");
      Findings first = pass(operator, "reconcile");
      List<Tally> tallies = new ArrayList<>();
      for (Corruption spoiler : spoilers) {
        tallies.add(tally(spoiler, spoiled, first));
      }
      Set<String> falsely = first.elsewhereThan(spoiled);
      falsely.stream().limit(EXAMPLES).forEach(one -> log.accept("nobody spoiled " + one));
      Operator.Answer unused =
          operator.ask(
              "reconcile",
              "--last",
              "--repair",
              "auto",
              "--max-repairs",
              Integer.toString(Math.max(1, spoiled.size())));
      Findings next = pass(operator, "reconcile");
      next.expected().keySet().stream()
          .limit(EXAMPLES)
          .forEach(one -> log.accept("still wrong: " + one));
      site.requireTraffic();
      return outcome(tallies, first, falsely.size(), next);
    } finally {
      for (Corruption spoiler : spoilers) {
        spoiler.close();
      }
    }
  }

  private List<CorruptEntry> spoil(List<Corruption> spoilers, int rows)
      throws InterruptedException {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (int i = 0; i < spoilers.size(); i++) {
      int share = (rows - spoiled.size()) / (spoilers.size() - i);
      List<CorruptEntry> own = spoilers.get(i).spoil(share, random);
      log.accept("%s: %d rows are spoiled".formatted(spoilers.get(i).surface(), own.size()));
      spoiled.addAll(own);
    }
    return spoiled;
  }

  private Findings pass(Operator operator, String... words)
      throws IOException, InterruptedException {
    Operator.Answer answer = operator.ask(words);
    Findings findings = Findings.read(site.addresses());
    answer.output().stream().filter(line -> line.matches("^(SURFACE|\\S+\\.\\S+ ).*")).forEach(log);
    log.accept(
        "run %d ended with %d after %.0f s: %,d findings"
            .formatted(
                findings.run(), answer.code(), findings.seconds(), findings.expected().size()));
    return findings;
  }

  private Tally tally(Corruption spoiler, List<CorruptEntry> all, Findings findings) {
    int spoiled = 0;
    int found = 0;
    int missed = 0;
    for (CorruptEntry row : all) {
      if (row.surface().equals(spoiler.surface())) {
        spoiled++;
        if (findings.contain(row)) {
          found++;
        } else if (spoiler.read(row).equals(row.left()) && spoiler.isStillWrong(row)) {
          missed++;
          log.accept("not found: " + row);
        }
      }
    }
    return new Tally(spoiler.surface(), spoiled, found, spoiled - found - missed, missed);
  }

  private static BenchOutcome outcome(
      List<Tally> tallies, Findings first, int falsely, Findings next) {
    long spoiled = tallies.stream().mapToInt(Tally::spoiled).sum();
    Measurement measured =
        Measurement.of("rows spoiled under traffic", spoiled, "rows", first.seconds());
    for (Tally tally : tallies) {
      measured =
          measured.with(
              tally.surface(),
              "%,d spoiled, %,d found, %,d rewritten before"
                  .formatted(tally.spoiled(), tally.found(), tally.rewritten()));
    }
    return BenchOutcome.of(measured)
        .with("not found", tallies.stream().mapToInt(Tally::missed).sum(), 0)
        .with("found where nothing was spoiled", falsely, 0)
        .with("wrong after the repair", next.expected().size(), 0);
  }
}
