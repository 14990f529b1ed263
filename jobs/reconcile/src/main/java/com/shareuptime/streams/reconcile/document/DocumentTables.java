package com.shareuptime.streams.reconcile.document;

import com.shareuptime.streams.reconcile.compare.Tables;
import com.shareuptime.streams.reconcile.counter.CounterTables;
import com.shareuptime.streams.reconcile.counter.TargetCounts;
import com.shareuptime.streams.reconcile.plan.IdBucket;
import com.shareuptime.streams.reconcile.plan.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The documents that searches must find: not deleted, by active users, with the rows that count.
 */
public final class DocumentTables implements Tables<Document> {
  /** The columns have the names of the fields. */
  private static final String DOCUMENTS =
      """
      select d.id, d.id as "_id", u.id as "author.id", u.username as "author.username",
             u.display_name as "author.display_name", u.avatar_url as "author.avatar_url",
             u.is_verified::text as "author.is_verified", d.%2$s, d.visibility,
             (case d.created_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                    else least(extract(epoch from d.created_at) * 1000000, 9223372036854775806) end)::bigint as created_at,
             (case d.updated_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
                    else least(extract(epoch from d.updated_at) * 1000000, 9223372036854775806) end)::bigint as updated_at
      from %1$s d join public.users u on u.id = d.author_id
      where not d.is_deleted and u.is_active and d.id\s""";

  private final String query;
  private final CounterTables counters;

  public DocumentTables(Scope scope) {
    query = DOCUMENTS.formatted(scope.table(), textField(scope));
    counters = new CounterTables(scope);
  }

  /** Name of the text, in the table as in the document. */
  static String textField(Scope scope) {
    return scope == Scope.POST_DOCUMENTS ? "content" : "caption";
  }

  @Override
  public Map<Long, Document> read(Connection snapshot, IdBucket bucket, Collection<Long> shown)
      throws SQLException {
    // the numbers are ours, and as literals the planner knows how few rows they ask for
    String range = query + "between %d and %d".formatted(bucket.first(), bucket.last());
    try (PreparedStatement statement = snapshot.prepareStatement(range)) {
      return documents(statement, counters.read(snapshot, bucket, shown));
    }
  }

  @Override
  public Map<Long, Document> read(Connection snapshot, Collection<Long> ids) throws SQLException {
    try (PreparedStatement statement = snapshot.prepareStatement(query + "= any (?)")) {
      statement.setArray(1, snapshot.createArrayOf("bigint", ids.toArray()));
      return documents(statement, counters.read(snapshot, ids));
    }
  }

  private static Map<Long, Document> documents(
      PreparedStatement statement, Map<Long, TargetCounts> counts) throws SQLException {
    Map<Long, Document> documents = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        long id = row.getLong(1);
        documents.put(id, new Document(fields(row), counts.get(id)));
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
