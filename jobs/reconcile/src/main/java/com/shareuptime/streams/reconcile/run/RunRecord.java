package com.shareuptime.streams.reconcile.run;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.compare.Ledger;
import com.shareuptime.streams.reconcile.compare.Moment;
import com.shareuptime.streams.reconcile.compare.Progresses;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes down what a run compares and finds, as it goes: a run that is killed loses little. */
public final class RunRecord implements Ledger, Progresses {
  private static final String FOUND =
      """
      insert into streams.reconcile_findings
        (run, surface, key, kind, expected, found, version, lsn)
      values (?, ?, ?, ?, ?, ?, ?, ?::pg_lsn)
      on conflict (run, surface, key) do nothing
      """;

  private static final String COMPARED =
      """
      update streams.reconcile_buckets
      set run = ?, compared_lsn = ?::pg_lsn, compared_at = to_timestamp(? / 1e6), compared = ?,
          moving = ?, wrong = ?, unverified = ?, source_ms = ?, last_id = ?
      where surface = ? and scope = ? and first_id = ?
      """;

  /** What the tables and the surface agree upon now was found by an earlier run. */
  private static final String RESOLVED =
      """
      update streams.reconcile_findings f set resolved_at = clock_timestamp()
      where f.resolved_at is null and f.run < ? and f.surface = ?
        and split_part(f.key, ':', 1) = ? and %s between ? and ?
        and not exists (select from streams.reconcile_findings n
                        where n.run = ? and n.surface = f.surface and n.key = f.key)
      """;

  private static final String NUMBER = "split_part(f.key, ':', 2)::bigint";

  /** Where keys of other rows have other ids. */
  private static final String NUMBER_OF_SOME =
      "case when split_part(f.key, ':', 2) ~ '^-?[0-9]+$' then split_part(f.key, ':', 2)::numeric end";

  /** A UUID has the order of its text. */
  private static final String OTHER = "substr(f.key, strpos(f.key, ':') + 1) collate \"C\"";

  private static final String IS_COMPARED =
      "select count(*) from streams.reconcile_buckets"
          + " where run = ? and scope = ? and first_id = ?";

  private static final String PROGRESS =
      "select visible_lsn, (extract(epoch from visible_at) * 1000000)::bigint"
          + " from streams.pipeline_progress where surface = ? and visible_lsn is not null";

  private static final Moment NONE = new Moment(0, 0);

  private final SinkDatabase database;
  private final long run;

  /** What ids of all scopes are in one column. */
  private final IdKind kept;

  public RunRecord(SinkDatabase database, long run, IdKinds kinds) {
    this.database = database;
    this.run = run;
    this.kept = kinds.all();
  }

  @Override
  public void found(Finding finding) throws SQLException {
    database.ask(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(FOUND)) {
            insert.setLong(1, run);
            insert.setString(2, finding.surface().label());
            insert.setString(3, finding.key());
            insert.setString(4, finding.kind());
            insert.setString(5, finding.difference().expected());
            insert.setString(6, finding.difference().found());
            insert.setLong(7, finding.version());
            insert.setString(8, finding.lsn().lsnText());
            return insert.executeUpdate();
          }
        });
  }

  @Override
  public void compared(Result result) throws SQLException {
    IdBucket bucket = result.bucket();
    database.ask(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(COMPARED);
              PreparedStatement resolve = connection.prepareStatement(resolved(bucket.kind()))) {
            update.setLong(1, run);
            update.setString(2, result.moment().lsnText());
            update.setLong(3, result.moment().micros());
            update.setLong(4, result.compared());
            update.setLong(5, result.moving());
            update.setLong(6, result.wrong());
            update.setLong(7, result.unverified());
            update.setLong(8, result.sourceMillis());
            update.setObject(9, kept.sql(bucket.last()));
            update.setString(10, result.surface().label());
            update.setString(11, bucket.scope().name());
            update.setObject(12, kept.sql(bucket.first()));
            resolve.setLong(1, run);
            resolve.setString(2, result.surface().label());
            resolve.setString(3, bucket.scope().keyPrefix());
            IdKind asked = bucket.kind() == IdKind.NUMBER ? IdKind.NUMBER : IdKind.TEXT;
            resolve.setObject(4, asked.sql(bucket.first()));
            resolve.setObject(5, asked.sql(bucket.last()));
            resolve.setLong(6, run);
            return update.executeUpdate() + resolve.executeUpdate();
          }
        });
  }

  private String resolved(IdKind kind) {
    if (kind != IdKind.NUMBER) {
      return RESOLVED.formatted(OTHER);
    }
    return RESOLVED.formatted(kept == IdKind.NUMBER ? NUMBER : NUMBER_OF_SOME);
  }

  /** Whether this run has compared a bucket already, before it was interrupted. */
  public boolean isCompared(IdBucket bucket) throws SQLException {
    return database.ask(
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(IS_COMPARED)) {
            count.setLong(1, run);
            count.setString(2, bucket.scope().name());
            count.setObject(3, kept.sql(bucket.first()));
            try (ResultSet row = count.executeQuery()) {
              row.next();
              return row.getInt(1) == bucket.scope().surfaces().size();
            }
          }
        });
  }

  @Override
  public Moment of(Surface surface) throws SQLException {
    return database.ask(
        connection -> {
          try (PreparedStatement progress = connection.prepareStatement(PROGRESS)) {
            progress.setString(1, surface.label());
            try (ResultSet row = progress.executeQuery()) {
              return row.next()
                  ? new Moment(Lsn.parse(row.getString(1)).position(), row.getLong(2))
                  : NONE;
            }
          }
        });
  }
}
