package com.shareuptime.streams.reconcile.document;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.counter.CounterTables;
import com.shareuptime.streams.reconcile.plan.BucketIds;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The documents that searches must find: not deleted, by active users, with the rows that count.
 */
public final class DocumentTables implements Tables<Document> {
  private final Target.Type type;
  private final IdKind kind;
  private final IdKinds kinds;
  private final CounterTables counters;
  private final List<CountedView> shown;

  public DocumentTables(Scope scope, IdKinds kinds) {
    type = scope.targetType();
    kind = scope.kind(kinds);
    this.kinds = kinds;
    counters = new CounterTables(scope, kinds);
    shown = kinds.countersOf(type);
  }

  @Override
  public Map<Id, Document> read(Connection snapshot, IdBucket bucket, Collection<Id> shown)
      throws SQLException {
    if (kind == IdKind.TEXT) {
      return read(snapshot, BucketIds.read(snapshot, bucket, kinds));
    }
    String range =
        DocumentQueries.shown(type, IdCondition.between(kind, bucket.first(), bucket.last()));
    try (PreparedStatement statement = snapshot.prepareStatement(range)) {
      return documents(statement, counters.read(snapshot, bucket, shown));
    }
  }

  @Override
  public Map<Id, Document> read(Connection snapshot, Ids ids) throws SQLException {
    String some = DocumentQueries.shown(type, IdCondition.SOME);
    try (PreparedStatement statement = snapshot.prepareStatement(some)) {
      statement.setArray(1, kind.sql(ids, snapshot));
      return documents(statement, counters.read(snapshot, ids));
    }
  }

  private Map<Id, Document> documents(PreparedStatement statement, Map<Id, Counts> counts)
      throws SQLException {
    Map<Id, Document> documents = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Id id = Id.ofSql(row.getObject(1));
        Map<String, String> fields = fields(row);
        fields.put("_id", id.toString());
        documents.put(id, new Document(fields, counts.get(id), shown));
      }
    }
    return documents;
  }

  private static Map<String, String> fields(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String value = row.getString(i);
      if (value != null) {
        fields.put(columns.getColumnLabel(i), value);
      }
    }
    return fields;
  }
}
