package com.shareuptime.streams.local.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Changes that are committed together, no two of them of one row. Grouped by statement, so that a
 * transaction costs a few round trips, however many rows it has.
 */
final class Transaction {
  private final List<Interaction> rows;
  private final int[] changed;
  private boolean commitUnknown;

  Transaction(List<Interaction> rows) {
    this.rows = List.copyOf(rows);
    this.changed = new int[rows.size()];
  }

  List<Interaction> rows() {
    return rows;
  }

  /** Whether the change of that row did something, known after {@link #commit}. */
  boolean hasChanged(int row) {
    return changed[row] > 0;
  }

  long changedRows() {
    return IntStream.of(changed).asLongStream().sum();
  }

  /**
   * Commits, once. If the server went away in an earlier commit, then the rows tell first how that
   * one ended: they are this transaction's alone.
   */
  void commit(Connection connection) throws SQLException {
    if (commitUnknown && isApplied(connection)) {
      connection.rollback();
      return;
    }
    commitUnknown = false;
    apply(connection);
    commitUnknown = true;
    connection.commit();
    commitUnknown = false;
  }

  void apply(Connection connection) throws SQLException {
    Map<Change, List<Integer>> byChange = new EnumMap<>(Change.class);
    for (int row = 0; row < rows.size(); row++) {
      byChange.computeIfAbsent(rows.get(row).change(), change -> new ArrayList<>()).add(row);
    }
    for (Map.Entry<Change, List<Integer>> group : byChange.entrySet()) {
      try (PreparedStatement statement = connection.prepareStatement(group.getKey().sql())) {
        for (int row : group.getValue()) {
          group.getKey().bind(statement, rows.get(row));
          statement.addBatch();
        }
        int[] counts = statement.executeBatch();
        for (int i = 0; i < counts.length; i++) {
          changed[group.getValue().get(i)] = counts[i] == Statement.SUCCESS_NO_INFO ? 1 : counts[i];
        }
      }
    }
  }

  /**
   * Looks at the first row that would have changed; if there is none, both outcomes are the same.
   */
  private boolean isApplied(Connection connection) throws SQLException {
    for (int row = 0; row < rows.size(); row++) {
      if (changed[row] > 0) {
        return Effect.shows(connection, rows.get(row));
      }
    }
    return true;
  }
}
