package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some rows of a table, computed here and by Postgres: what jobs will see, and whether both see the
 * same.
 *
 * @param compared how many rows of the table were looked at
 * @param rows those of the entity, as computed here
 * @param differences in a sentence each; a row that cannot be computed is one
 */
public record Sample(int compared, List<CanonicalRow> rows, List<String> differences) {
  public Sample {
    rows = List.copyOf(rows);
    differences = List.copyOf(differences);
  }

  /** Takes the first rows that the table gives; one query without an order. */
  public static Sample of(Connection connection, BoundBranch branch, int limit)
      throws SQLException {
    CatalogTable table = branch.table();
    String sql =
        "select %s, %s, %s from %s limit %d"
            .formatted(
                DecodedRow.columns(table),
                holds(branch),
                branch.columns().stream().map(Sample::canonical).collect(Collectors.joining(", ")),
                table.sqlName(),
                limit);
    int compared = 0;
    List<CanonicalRow> rows = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        compared++;
        Object[] values = DecodedRow.read(row, table);
        Optional<CanonicalRow> there = there(row, branch, values.length + 1);
        try {
          Optional<CanonicalRow> here = branch.evaluate(Row.of(values));
          here.ifPresent(rows::add);
          if (!Objects.equals(text(here), text(there))) {
            differences.add("computed as %s, by Postgres as %s".formatted(text(here), text(there)));
          }
        } catch (EvaluationException e) {
          differences.add("a row cannot be computed: " + e.getMessage());
        }
      }
    }
    return new Sample(compared, rows, differences);
  }

  private static String text(Optional<CanonicalRow> row) {
    return row.map(CanonicalRow::toString).orElse("no row");
  }

  /** Whether Postgres has a row of the entity. */
  private static String holds(BoundBranch branch) {
    Stream<String> required =
        branch.columns().stream()
            .filter(column -> column.canonical().required())
            .map(column -> "(" + column.sql() + ") is not null");
    Stream<String> where = Stream.ofNullable(branch.whereSql()).map(sql -> "(" + sql + ") is true");
    return Stream.concat(where, required).collect(Collectors.joining(" and "));
  }

  private static Optional<CanonicalRow> there(ResultSet row, BoundBranch branch, int holds)
      throws SQLException {
    if (!row.getBoolean(holds)) {
      return Optional.empty();
    }
    Object[] values = new Object[branch.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getObject(holds + 1 + i);
    }
    return Optional.of(new CanonicalRow(values));
  }

  private static String canonical(BoundColumn column) {
    return column.canonical().role() == CanonicalColumn.Role.TIME
        ? DecodedRow.micros(column.sql())
        : column.sql();
  }
}
