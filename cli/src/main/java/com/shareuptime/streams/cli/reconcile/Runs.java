package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs have written down, in the tables {@code streams.reconcile_*}. */
record Runs(Database sink) {
  private static final String NEWEST = "select max(run) from streams.reconcile_runs";

  private static final String AFTER = "select min(run) from streams.reconcile_runs where run > ?";

  private static final String PROGRESS =
      "select (select count(*) from streams.reconcile_buckets b where b.run = r.run), planned"
          + " from streams.reconcile_runs r where run = ?";

  private static final String RESULTS =
      """
      select r.surface, r.buckets, r.compared, r.wrong, r.missing, r.extra, r.moving, r.unverified,
             r.source_ms, coalesce(r.freshness_ms, -1), coalesce(p.verified_lsn::text, '')
      from streams.reconcile_results r left join streams.pipeline_progress p using (surface)
      where run = ? order by surface
      """;

  private static final String FINDINGS =
      """
      select f.id, f.surface, f.key, f.kind, f.expected, f.found, f.version, f.lsn::text,
             (select b.repair from streams.reconcile_findings b
              where b.surface = f.surface and b.key = f.key and b.run < f.run
                and b.resolved_at is null and b.repair is not null
              order by b.run desc limit 1),
             f.repair
      from streams.reconcile_findings f where f.run = ?
      order by f.kind = 'unverified', f.surface, f.key
      """;

  private static final String HISTORY =
      """
      select r.run, r.surface, (extract(epoch from n.finished_at) * 1000)::bigint,
             coalesce(f.proven, 0), coalesce(f.repaired, 0),
             coalesce(r.freshness_ms, -1), r.source_ms
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
             (extract(epoch from found_at) * 1000)::bigint, repair,
             (extract(epoch from resolved_at) * 1000)::bigint
      from streams.reconcile_findings
      where kind <> 'unverified' and repair is distinct from 'canary'
      order by id desc limit 500
      """;

  /** The newest word on each row, where that is a proven difference. */
  private static final String OPEN =
      """
      select id, surface, key, kind, expected, found, version, lsn::text, null, repair
      from (select distinct on (surface, key) * from streams.reconcile_findings
            where resolved_at is null and kind <> 'unverified'
            order by surface, key, run desc) f
      where %s order by surface, key
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
      select r.run, r.canary_planted, r.canary_found, r.canary_seconds
      from streams.reconcile_sight s join streams.reconcile_runs r on r.run = s.blind_run
      where s.since is null
      """;

  private static final String RUN =
      """
      select extract(epoch from coalesce(finished_at, now()) - started_at),
             canary_planted, canary_found, canary_seconds, coalesce(note, '')
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
    return number(NEWEST).orElse(0);
  }

  /** The run that began after another, once it has. */
  OptionalLong after(long run) {
    return number(AFTER, run);
  }

  /**
   * How far a run is.
   *
   * @param compared buckets, counted once for each surface
   */
  record Progress(long compared, long planned) {}

  Progress progress(long run) {
    return rows(row -> new Progress(row.getLong(1), row.getLong(2)), PROGRESS, run).stream()
        .findFirst()
        .orElseGet(() -> new Progress(0, 0));
  }

  List<SurfaceResult> results(long run) {
    return rows(
        row ->
            new SurfaceResult(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getString(11)),
        RESULTS,
        run);
  }

  /** What is proven wrong first. */
  List<ReconcileFinding> findings(long run) {
    return findings(FINDINGS, run);
  }

  /**
   * Proven differences that no later run has found to be gone.
   *
   * @param surfaces by their names or families of them; empty for all
   */
  List<ReconcileFinding> open(List<String> surfaces) {
    return findings(OPEN.formatted(named(surfaces)), names(surfaces));
  }

  /** Surfaces of which not all was verified so lately, in words. */
  List<String> notVerified(List<String> surfaces, Duration within) {
    return rows(
        row -> row.getString(1), NOT_VERIFIED, String.join(",", surfaces), within.toSeconds());
  }

  /**
   * A run that did not see what had been spoiled before its eyes.
   *
   * @param outcome of its canary
   */
  record Blindness(long run, Canary.Outcome outcome) {}

  /** The last blind run, if none has seen its canary whole since. */
  Optional<Blindness> blindness() {
    return rows(
            row ->
                new Blindness(
                    row.getLong(1),
                    new Canary.Outcome(row.getInt(2), row.getInt(3), row.getDouble(4))),
            BLINDNESS)
        .stream()
        .findFirst();
  }

  /** A condition with two parameters for each name. */
  private static String named(List<String> surfaces) {
    return surfaces.isEmpty()
        ? "true"
        : surfaces.stream()
            .map(name -> "surface = ? or starts_with(surface, ? || '.')")
            .collect(Collectors.joining(" or ", "(", ")"));
  }

  private static Object[] names(List<String> surfaces) {
    return surfaces.stream().flatMap(name -> Stream.of(name, name)).toArray();
  }

  private List<ReconcileFinding> findings(String query, Object... parameters) {
    return rows(
        row ->
            new ReconcileFinding(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10)),
        query,
        parameters);
  }

  /** How each surface fared in the newest runs, oldest first. */
  List<HistoryPoint> history() {
    return rows(
        row ->
            new HistoryPoint(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        HISTORY);
  }

  /** Proven differences of all runs, newest first. */
  List<PastFinding> past() {
    return rows(
        row ->
            new PastFinding(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getObject(9, Long.class)),
        PAST);
  }

  /**
   * What is written down of a run.
   *
   * @throws CommandException if there was no such run
   */
  ReconcileView view(long run) {
    List<SurfaceResult> results = results(run);
    List<ReconcileFinding> findings = findings(run);
    return rows(
            row ->
                new ReconcileView(
                    run,
                    row.getDouble(1),
                    results,
                    findings,
                    row.getObject(2) == null
                        ? null
                        : new Canary.Outcome(row.getInt(2), row.getInt(3), row.getDouble(4)),
                    row.getString(5),
                    List.of(),
                    List.of()),
            RUN,
            run)
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.wrong(
                    "No run " + run + " is written down in streams.reconcile_runs.",
                    "./streams reconcile makes one."));
  }

  /** Notes what the owner of a row was asked for. */
  void repaired(List<ReconcileFinding> findings) {
    ask(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(REPAIRED)) {
            for (ReconcileFinding finding : findings) {
              update.setString(1, finding.repair());
              update.setLong(2, finding.id());
              update.addBatch();
            }
            return update.executeBatch();
          }
        });
  }

  /** Notes how the canary of a run fared; what does not see it has verified nothing. */
  void canary(long run, Canary.Outcome outcome) {
    ask(
        connection -> {
          connection.setAutoCommit(false);
          try (PreparedStatement update =
                  prepare(
                      connection,
                      CANARY,
                      outcome.planted(),
                      outcome.found(),
                      outcome.seconds(),
                      run);
              PreparedStatement blind = connection.prepareStatement(BLIND)) {
            int changed = update.executeUpdate() + (outcome.isBlind() ? blind.executeUpdate() : 0);
            connection.commit();
            return changed;
          }
        });
  }

  void failed(long run, String why) {
    change(FAILED, run, why);
  }

  void note(long run, String note) {
    change(NOTE, run, note);
  }

  private void change(String update, long run, String text) {
    ask(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(update)) {
            statement.setString(1, text);
            statement.setLong(2, run);
            return statement.executeUpdate();
          }
        });
  }

  private OptionalLong number(String query, Object... parameters) {
    Long number = rows(row -> row.getObject(1, Long.class), query, parameters).get(0);
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> rows(RowReader<T> reader, String query, Object... parameters) {
    return ask(
        connection -> {
          List<T> rows = new ArrayList<>();
          try (PreparedStatement statement = prepare(connection, query, parameters);
              ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              rows.add(reader.read(row));
            }
          }
          return rows;
        });
  }

  private static PreparedStatement prepare(
      Connection connection, String query, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  private <T> T ask(Question<T> question) {
    try (Connection connection = sink.connect()) {
      return question.ask(connection);
    } catch (SQLException e) {
      throw CommandException.unreachable(
          sink + " does not answer for streams.reconcile_runs: " + e.getMessage(),
          "Check ./streams status, and that ./streams migrate has created the tables.",
          e);
    }
  }
}
