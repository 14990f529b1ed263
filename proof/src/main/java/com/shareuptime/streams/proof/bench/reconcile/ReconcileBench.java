package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows a second that are proven to be shown right, what that does to another job, and whether all
 * that is spoiled is found.
 *
 * @param flinkSettings of the cluster, where they are to be other than checked in
 */
record ReconcileBench(BenchSize size, Map<String, String> flinkSettings) {
  private static final String COUNTERS = "counters";
  private static final double FLOOR = 72_000;
  private static final double MOST_SECONDS = 60;
  private static final double FULL_LOAD = 1;
  private static final double HALF_LOAD = 0.5;

  List<BenchOutcome> measure() throws Exception {
    Map<String, String> settings = new HashMap<>(flinkSettings);
    settings.putIfAbsent("taskmanager.numberOfTaskSlots", Integer.toString(2 * BenchStack.SLOTS));
    try (BenchStack bench = BenchStack.start(settings)) {
      Addresses addresses = bench.addresses();
      ProductTables tables = new ProductTables(addresses, size);
      tables.fill();
      new CounterSurfaces(addresses).fill();
      long rows = tables.rowsThatCount();
      double limit = new BareCount(addresses).seconds();
      List<BenchOutcome> outcomes = new ArrayList<>();
      for (double load : new double[] {FULL_LOAD, HALF_LOAD}) {
        outcomes.add(counters(bench, load, rows, limit));
      }
      outcomes.add(feeds(bench));
      outcomes.add(new Neighbour(bench).measure(COUNTERS, HALF_LOAD));
      outcomes.add(spoiled(bench, rows)); // last, as nothing puts it right again
      return outcomes;
    }
  }

  private static BenchOutcome counters(BenchStack bench, double load, long rows, double limit)
      throws Exception {
    Pass pass = new Passes(bench).run(COUNTERS, load);
    pass.requireNothingFound();
    return BenchOutcome.of(
            measured("reconcile counters, load " + load, rows, "rows", pass)
                .withFloor(FLOOR)
                .with("limit: bare count of the rows in s", limit)
                .with("limit to the pass", limit / pass.seconds()))
        .with("pass in s", pass.seconds(), MOST_SECONDS);
  }

  private BenchOutcome feeds(BenchStack bench) throws Exception {
    long entries = new FeedSurfaces(bench.addresses(), size).fill();
    Pass pass = new Passes(bench).run("feeds", HALF_LOAD);
    pass.requireNothingFound();
    return BenchOutcome.of(
        measured("reconcile feeds, load " + HALF_LOAD, entries, "entries", pass));
  }

  private BenchOutcome spoiled(BenchStack bench, long rows) throws Exception {
    Set<String> spoiled = new CorruptCounters(bench.addresses(), size).spoil();
    Pass pass = new Passes(bench).run(COUNTERS, HALF_LOAD);
    Set<String> missed = new HashSet<>(spoiled);
    missed.removeAll(pass.findings());
    Set<String> wrongly = new HashSet<>(pass.findings());
    wrongly.removeAll(spoiled);
    return BenchOutcome.of(
            measured("reconcile spoiled counters, load " + HALF_LOAD, rows, "rows", pass))
        .with("spoiled", spoiled.size())
        .with("not found", missed.size(), 0)
        .with("found where nothing was spoiled", wrongly.size(), 0);
  }

  private static Measurement measured(String name, long amount, String unit, Pass pass) {
    return Measurement.of(name, amount, unit, pass.seconds())
        .with("of it from the plan on in s", pass.comparing())
        .with("compared", pass.compared())
        .with("source busy in ms", pass.sourceMillis());
  }
}
