package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Counters of {@code streams.counters}. */
final class CounterTable {
  private static final Query ROWS = Query.of(Query.text("counters.sql"));

  private CounterTable() {}

  /** The counts of those that have a row. */
  static Map<Id, Counts> read(Connection connection, Target.Type type, Ids ids)
      throws SQLException {
    Map<Id, Counts> counts = new HashMap<>();
    try (PreparedStatement statement =
            ROWS.prepare(
                connection, type.label(), connection.createArrayOf(ids.sqlType(), ids.sql()));
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        counts.put(Id.ofSql(row.getObject("target_id")), counts(row));
      }
    }
    return counts;
  }

  /** Of a row with a column for each counter. */
  static Counts counts(ResultSet row) throws SQLException {
    return Counts.of(kind -> row.getLong(kind.column()));
  }
}
