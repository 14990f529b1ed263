package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Target;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Counters of {@code streams.counters}. */
final class CounterTable {
  private final IdKinds kinds;
  private final Query rows;

  CounterTable(IdKinds kinds) {
    this.kinds = kinds;
    this.rows = Query.of(Query.text("counters.sql"), kinds);
  }

  /** Whether it is of the kind that ids of its type are. */
  boolean mayHave(Target target) {
    return kinds.target(target.type()).filter(known -> known.ids().fits(target.id())).isPresent();
  }

  /** The counts of those that have a row. */
  Map<Id, Counts> read(Connection connection, Target.Type type, Ids ids) throws SQLException {
    Map<Id, Counts> counts = new HashMap<>();
    Array asked = kinds.targets().sql(ids, connection);
    try (PreparedStatement statement = rows.prepare(connection, type.label(), asked);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        // numbers and texts share a column as texts
        Id id = kinds.of(type).convert(Id.ofSql(row.getObject("target_id")));
        counts.put(id, counts(row));
      }
    }
    return counts;
  }

  /** Of a row with a column for each counter. */
  Counts counts(ResultSet row) throws SQLException {
    return Counts.of(kinds.counters(), counter -> row.getLong(counter.column()));
  }

  /** Of a hash with a field for each counter that its target has. */
  Counts counts(Map<String, String> hash) {
    return Counts.of(
        kinds.counters(), counter -> Long.parseLong(hash.getOrDefault(counter.name(), "0")));
  }
}
