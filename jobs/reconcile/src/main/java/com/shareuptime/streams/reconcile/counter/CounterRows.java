package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.reconcile.compare.Copies;
import com.shareuptime.streams.reconcile.compare.Copy;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import com.shareuptime.streams.reconcile.run.SinkDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table {@code streams.counters}. */
public final class CounterRows implements Copies<Counts> {
  private static final String ROWS =
      "select *, deleted_at is not null as is_gone from streams.counters"
          + " where target_type = ? and ";

  private final SinkDatabase database;
  private final String type;
  private final IdKind kind;

  /** Of the column, which has ids of both types. */
  private final IdKind kept;

  private final List<CountedView> counters;
  private final Duration grace;

  /**
   * @param grace for which an announcement without a row is counted
   */
  public CounterRows(SinkDatabase database, Scope scope, IdKinds kinds, Duration grace) {
    this.database = database;
    this.type = scope.keyPrefix();
    this.kind = scope.kind(kinds);
    this.kept = kinds.targets();
    this.counters = kinds.countersOf(scope.targetType());
    this.grace = grace;
  }

  @Override
  public Surface surface() {
    return Surface.COUNTERS_POSTGRES;
  }

  @Override
  public Map<Id, Copy<Counts>> read(IdBucket bucket, Collection<Id> known) throws SQLException {
    return database.ask(
        connection -> {
          // numbers among texts have not the order of numbers
          boolean isText = kind == IdKind.NUMBER && kept == IdKind.TEXT;
          String id =
              isText
                  ? "case target_type when '" + type + "' then target_id::bigint end"
                  : "target_id";
          IdKind asked = isText ? kind : kept;
          String range = ROWS + id + " between ? and ?";
          try (PreparedStatement rows = connection.prepareStatement(range)) {
            rows.setObject(2, asked.sql(bucket.first()));
            rows.setObject(3, asked.sql(bucket.last()));
            return copies(rows);
          }
        });
  }

  @Override
  public Map<Id, Copy<Counts>> read(Ids ids) throws SQLException {
    return database.ask(
        connection -> {
          try (PreparedStatement rows = connection.prepareStatement(ROWS + "target_id = any (?)")) {
            rows.setArray(2, kept.sql(ids, connection));
            return copies(rows);
          }
        });
  }

  private Map<Id, Copy<Counts>> copies(PreparedStatement rows) throws SQLException {
    rows.setString(1, type);
    Map<Id, Copy<Counts>> copies = new HashMap<>();
    try (ResultSet row = rows.executeQuery()) {
      while (row.next()) {
        Counts counts =
            row.getBoolean("is_gone")
                ? null
                : Counts.of(counters, counter -> row.getLong(counter.column()));
        Id id = kind.convert(Id.ofSql(row.getObject("target_id")));
        copies.put(id, new CounterCopy(row.getLong("version"), counts, counters));
      }
    }
    return copies;
  }

  @Override
  public Copy<Counts> absent() {
    return CounterCopy.absent(counters);
  }

  @Override
  public Duration settlesWithin() {
    return grace;
  }

  @Override
  public void close() {
    // the database is the caller's
  }
}
