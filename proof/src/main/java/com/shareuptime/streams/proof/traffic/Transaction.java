package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Changes that are committed together. Grouped by statement, so that a transaction costs a few
 * round trips, however many rows it has; a row that is changed again begins a new round of groups,
 * so that its changes keep their order.
 */
final class Transaction {
  private final List<Interaction> rows;
  private final Backend backend;
  private final int[] changed;
  private boolean commitUnknown;

  Transaction(List<Interaction> rows, Backend backend) {
    this.rows = List.copyOf(rows);
    this.backend = backend;
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
    Set<String> touched = new HashSet<>();
    List<Integer> round = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (!touched.add(rows.get(row).rowKey())) {
        apply(connection, round);
        round.clear();
        touched.clear();
        touched.add(rows.get(row).rowKey());
      }
      round.add(row);
    }
    apply(connection, round);
  }

  /** One batch a statement, which the driver sends without waiting for each row's answer. */
  private void apply(Connection connection, List<Integer> round) throws SQLException {
    Map<RowSql, List<Integer>> byStatement =
        round.stream()
            .sorted(Comparator.comparing(row -> rows.get(row).change()))
            .collect(
                Collectors.groupingBy(
                    row -> backend.sql(rows.get(row)), LinkedHashMap::new, Collectors.toList()));
    for (Map.Entry<RowSql, List<Integer>> group : byStatement.entrySet()) {
      RowSql sql = group.getKey();
      try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
        for (int row : group.getValue()) {
          sql.bind(statement, backend.values(rows.get(row)));
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
   * Looks at a row that was changed, and only once. If there is none, doing all again is as good:
   * it only takes back and forth what was taken back and forth.
   */
  private boolean isApplied(Connection connection) throws SQLException {
    Map<String, Long> changes =
        rows.stream().collect(Collectors.groupingBy(Interaction::rowKey, Collectors.counting()));
    for (int row = 0; row < rows.size(); row++) {
      Interaction one = rows.get(row);
      Target.Type type = one.target() == null ? Target.Type.POST : one.target().type();
      Optional<RowSql> effect = one.change().effect(type);
      if (changed[row] > 0 && effect.isPresent() && changes.get(one.rowKey()) == 1) {
        return shows(connection, effect.get(), one);
      }
    }
    return false;
  }

  private boolean shows(Connection connection, RowSql effect, Interaction row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(effect.positional())) {
      effect.bind(statement, backend.values(row));
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }
}
