package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
      "select surface, compared, source_ms from streams.reconcile_results where run = " + NEWEST;

  private static final String FINDINGS =
      "select surface || ' ' || key || ' ' || kind from streams.reconcile_findings where run = "
          + NEWEST;

  /**
   * Compares all of some surfaces.
   *
   * @param load share of the time that each subtask may keep a connection of the source busy
   */
  Pass run(String surfaces, double load) throws SQLException {
    try (Connection connection = bench.addresses().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(PROGRESS);
      long begin = System.nanoTime();
      bench.runToEnd(
          "reconcile",
          Map.of("reconcile.surfaces", surfaces, "reconcile.source.load", Double.toString(load)),
          PATIENCE);
      return read(statement, (System.nanoTime() - begin) / 1e9);
    }
  }

  private static Pass read(Statement statement, double seconds) throws SQLException {
    Map<String, Long> compared = new TreeMap<>();
    Map<String, Long> sourceMillis = new TreeMap<>();
    Set<String> findings = new HashSet<>();
    try (ResultSet row = statement.executeQuery(RESULTS)) {
      while (row.next()) {
        compared.put(row.getString(1), row.getLong(2));
        sourceMillis.put(row.getString(1), row.getLong(3));
      }
    }
    try (ResultSet row = statement.executeQuery(FINDINGS)) {
      while (row.next()) {
        findings.add(row.getString(1));
      }
    }
    try (ResultSet row = statement.executeQuery(COMPARING)) {
      row.next();
      return new Pass(seconds, row.getDouble(1), compared, sourceMillis, findings);
    }
  }
}
