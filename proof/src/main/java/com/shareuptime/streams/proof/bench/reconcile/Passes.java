package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.proof.bench.stack.BenchStack;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Runs the job, one run after the other, and reads what it has written down. */
record Passes(BenchStack bench) {
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  /** Beyond all that is committed, and beyond each time in which a surface settles. */
  private static final String PROGRESS =
      """
      insert into streams.pipeline_progress (surface, visible_lsn, visible_at)
      select s, 'FFFFFF/0', now() + interval '1 hour'
      from unnest(array['counters.postgres', 'counters.redis', 'feeds.postgres', 'feeds.redis']) s
      on conflict (surface) do update set visible_at = excluded.visible_at
      """;

  private static final String NEWEST = "(select max(run) from streams.reconcile_runs)";

  private static final String COMPARING =
      "select extract(epoch from finished_at - started_at) from streams.reconcile_runs where run = "
          + NEWEST;

  private static final String RESULTS =
      "select surface, %s from streams.reconcile_results where run = " + NEWEST;

  private static final String FINDINGS =
      "select surface || ' ' || key || ' ' || kind from streams.reconcile_findings where run = "
          + NEWEST;

  /**
   * Compares all of some surfaces.
   *
   * @param load share of the time that each subtask may keep a connection of the source busy
   */
  Pass run(String surfaces, double load) {
    try (Handle handle = ProductDatabase.at(bench.addresses()).open()) {
      handle.execute(PROGRESS);
      long begin = System.nanoTime();
      bench.runToEnd(
          "reconcile",
          Map.of("reconcile.surfaces", surfaces, "reconcile.source.load", Double.toString(load)),
          PATIENCE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Pass(
          seconds,
          handle.select(COMPARING).mapTo(double.class).one(),
          bySurface(handle, "compared"),
          bySurface(handle, "source_ms"),
          handle.select(FINDINGS).mapTo(String.class).set());
    }
  }

  private static Map<String, Long> bySurface(Handle handle, String column) {
    return new TreeMap<>(
        ProductDatabase.pairs(handle.select(RESULTS.formatted(column)), String.class, Long.class));
  }
}
