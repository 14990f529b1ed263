package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.statement.PreparedBatch;

/** What runs have written down, in the tables {@code streams.reconcile_*}. */
record Runs(Database sink) {
  private static final String NEWEST = "select coalesce(max(run), 0) from streams.reconcile_runs";

  private static final String AFTER = "select min(run) from streams.reconcile_runs where run > ?";

  private static final String PROGRESS =
      "select (select count(*) from streams.reconcile_buckets b where b.run = r.run) as compared,"
          + " planned from streams.reconcile_runs r where run = ?";

  private static final String RESULTS =
      """
      select r.surface, r.buckets, r.compared, r.wrong, r.missing, r.extra, r.moving, r.unverified,
             r.source_ms as source_millis, coalesce(r.freshness_ms, -1) as freshness_millis,
             coalesce(p.verified_lsn::text, '') as verified_lsn
      from streams.reconcile_results r left join streams.pipeline_progress p using (surface)
      where run = ? order by surface
      """;

  private static final String FINDINGS =
      """
      select f.id, f.surface, f.key, f.kind, f.expected, f.found, f.version, f.lsn::text as lsn,
             (select b.repair from streams.reconcile_findings b
              where b.surface = f.surface and b.key = f.key and b.run < f.run
                and b.resolved_at is null and b.repair is not null
              order by b.run desc limit 1) as asked,
             f.repair
      from streams.reconcile_findings f where f.run = ?
      order by f.kind = 'unverified', f.surface, f.key
      """;

  private static final String HISTORY =
      """
      select r.run, r.surface, (extract(epoch from n.finished_at) * 1000)::bigint as finished_at,
             coalesce(f.proven, 0) as proven, coalesce(f.repaired, 0) as repaired,
             coalesce(r.freshness_ms, -1) as freshness_millis, r.source_ms as source_millis
      from streams.reconcile_results r
      join (select run, finished_at from streams.reconcile_runs where finished_at is not null
            order by run desc limit 500) n on n.run = r.run
      left join (select run, surface, count(*) filter (where kind <> 'unverified') as proven,
                        count(*) filter (where repair is not null) as repaired
                 from streams.reconcile_findings where repair is distinct from 'canary'
                 group by run, surface) f on f.run = r.run and f.surface = r.surface
      order by r.run, r.surface
      """;

  private static final String PAST =
      """
      select run, surface, key, kind, expected, found,
             (extract(epoch from found_at) * 1000)::bigint as found_at, repair,
             (extract(epoch from resolved_at) * 1000)::bigint as resolved_at
      from streams.reconcile_findings
      where kind <> 'unverified' and repair is distinct from 'canary'
      order by id desc limit 500
      """;

  /** The newest word on each row, where that is a proven difference. */
  private static final String OPEN =
      """
      select id, surface, key, kind, expected, found, version, lsn::text as lsn, null as asked, repair
      from (select distinct on (surface, key) * from streams.reconcile_findings
            where resolved_at is null and kind <> 'unverified'
            order by surface, key, run desc) f
      where ? = '' or surface = any (string_to_array(?, ','))
      order by surface, key
      """;

  /** A surface that was never heard of was never verified either. */
  private static final String NOT_VERIFIED =
      """
      select surface || coalesce(' (' || date_trunc('second', now() - verified_at) || ' ago)',
                                 ' (never)')
      from unnest(string_to_array(?, ',')) as asked (surface)
      left join streams.pipeline_progress using (surface)
      where verified_at is null or verified_at < now() - ? * interval '1 second'
      order by surface
      """;

  private static final String BLINDNESS =
      """
      select r.run, r.canary_planted as planted, r.canary_found as found, r.canary_seconds as seconds
      from streams.reconcile_sight s join streams.reconcile_runs r on r.run = s.blind_run
      where s.since is null
      """;

  private static final String RUN =
      """
      select extract(epoch from coalesce(finished_at, now()) - started_at) as seconds,
             canary_planted as planted, canary_found as found, canary_seconds,
             coalesce(note, '') as note
      from streams.reconcile_runs where run = ?
      """;

  private static final String REPAIRED =
      "update streams.reconcile_findings set repair = ?, repaired_at = clock_timestamp()"
          + " where id = ?";

  private static final String FAILED =
      "update streams.reconcile_runs set state = 'failed', finished_at = now(), note = ?"
          + " where run = ? and state = 'running'";

  private static final String BLIND =
      "update streams.pipeline_progress set verified_lsn = null, verified_at = null";

  private static final String CANARY =
      "update streams.reconcile_runs set canary_planted = ?, canary_found = ?, canary_seconds = ?"
          + " where run = ?";

  private static final String NOTE = "update streams.reconcile_runs set note = ? where run = ?";

  /** The number of the newest run; 0 if there was none. */
  long newest() {
    return ask(handle -> handle.select(NEWEST).mapTo(long.class).one());
  }

  /** The run that began after another, once it has. */
  Optional<Long> after(long run) {
    return ask(handle -> handle.select(AFTER, run).mapTo(Long.class).findOne());
  }

  /**
   * How far a run is.
   *
   * @param compared buckets, counted once for each surface
   */
  record Progress(long compared, long planned) {}

  Progress progress(long run) {
    return rows(Progress.class, PROGRESS, run).stream().findFirst().orElse(new Progress(0, 0));
  }

  List<SurfaceResult> results(long run) {
    return rows(SurfaceResult.class, RESULTS, run);
  }

  /** What is proven wrong first. */
  List<ReconcileFinding> findings(long run) {
    return rows(ReconcileFinding.class, FINDINGS, run);
  }

  /**
   * Proven differences that no later run has found to be gone.
   *
   * @param surfaces by their names; empty for all
   */
  List<ReconcileFinding> open(List<String> surfaces) {
    String names = String.join(",", surfaces);
    return rows(ReconcileFinding.class, OPEN, names, names);
  }

  /** Surfaces of which not all was verified so lately, in words. */
  List<String> notVerified(List<String> surfaces, Duration within) {
    return rows(String.class, NOT_VERIFIED, String.join(",", surfaces), within.toSeconds());
  }

  /**
   * A run that did not see what had been spoiled before its eyes.
   *
   * @param planted rows, of which it found some only
   */
  record Blindness(long run, int planted, int found, double seconds) {
    Canary.Outcome outcome() {
      return new Canary.Outcome(planted, found, seconds);
    }
  }

  /** The last blind run, if none has seen its canary whole since. */
  Optional<Blindness> blindness() {
    return rows(Blindness.class, BLINDNESS).stream().findFirst();
  }

  /** How each surface fared in the newest runs, oldest first. */
  List<HistoryPoint> history() {
    return rows(HistoryPoint.class, HISTORY);
  }

  /** Proven differences of all runs, newest first. */
  List<PastFinding> past() {
    return rows(PastFinding.class, PAST);
  }

  /** What is written down of a run as a whole; what stands of a canary is null without one. */
  private record Summary(
      double seconds, Integer planted, Integer found, Double canarySeconds, String note) {
    Canary.Outcome canary() {
      return planted == null ? null : new Canary.Outcome(planted, found, canarySeconds);
    }
  }

  /**
   * What is written down of a run.
   *
   * @throws CommandException if there was no such run
   */
  ReconcileView view(long run) {
    List<Summary> found = rows(Summary.class, RUN, run);
    if (found.isEmpty()) {
      throw CommandException.wrong(
          "No run " + run + " is written down in streams.reconcile_runs.",
          "./streams reconcile makes one.");
    }
    Summary summary = found.get(0);
    return new ReconcileView(
        run,
        summary.seconds(),
        results(run),
        findings(run),
        summary.canary(),
        summary.note(),
        List.of(),
        List.of());
  }

  /** Notes what the owner of a row was asked for. */
  void repaired(List<ReconcileFinding> findings) {
    ask(
        handle -> {
          PreparedBatch updates = handle.prepareBatch(REPAIRED);
          findings.forEach(finding -> updates.add(finding.repair(), finding.id()));
          return updates.execute();
        });
  }

  /** Notes how the canary of a run fared; what does not see it has verified nothing. */
  void canary(long run, Canary.Outcome outcome) {
    ask(
        handle ->
            handle.inTransaction(
                one ->
                    one.execute(CANARY, outcome.planted(), outcome.found(), outcome.seconds(), run)
                        + (outcome.isBlind() ? one.execute(BLIND) : 0)));
  }

  void failed(long run, String why) {
    ask(handle -> handle.execute(FAILED, why, run));
  }

  void note(long run, String note) {
    ask(handle -> handle.execute(NOTE, note, run));
  }

  private <T> List<T> rows(Class<T> type, String query, Object... parameters) {
    return ask(handle -> handle.select(query, parameters).mapTo(type).list());
  }

  private <T> T ask(HandleCallback<T, SQLException> question) {
    return sink.ask("streams.reconcile_runs", question);
  }
}
