package com.shareuptime.streams.reconcile.counter;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.plan.BucketIds;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that count, for targets with a row. */
public final class CounterTables implements Tables<Counts> {
  private final Target.Type type;
  private final IdKinds kinds;
  private final List<CountedView> counters;

  public CounterTables(Scope scope, IdKinds kinds) {
    this.type = scope.targetType();
    this.kinds = kinds;
    this.counters = kinds.countersOf(type);
  }

  @Override
  public Map<Id, Counts> read(Connection snapshot, IdBucket bucket, Collection<Id> shown)
      throws SQLException {
    if (bucket.kind() == IdKind.TEXT) {
      // few indexes have the order of the range
      return read(snapshot, BucketIds.read(snapshot, bucket, kinds));
    }
    IdCondition ids = IdCondition.between(bucket.kind(), bucket.first(), bucket.last());
    String range = CountQueries.ofTargets(type, ids, kinds);
    try (PreparedStatement statement = snapshot.prepareStatement(range)) {
      return rows(statement);
    }
  }

  @Override
  public Map<Id, Counts> read(Connection snapshot, Ids ids) throws SQLException {
    String some = CountQueries.ofTargets(type, IdCondition.SOME, kinds);
    try (PreparedStatement statement = snapshot.prepareStatement(some)) {
      var array = kinds.of(type).sql(ids, snapshot);
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setArray(i, array);
      }
      return rows(statement);
    }
  }

  private Map<Id, Counts> rows(PreparedStatement statement) throws SQLException {
    Map<Id, Counts> rows = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.put(
            Id.ofSql(row.getObject(1)),
            Counts.of(counters, counter -> row.getLong(counter.name())));
      }
    }
    return rows;
  }
}
