package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import com.shareuptime.streams.model.expression.SqlText;
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
  private static final String MICROS =
      "(case when (%1$s) = 'infinity' then 9223372036854775807 when (%1$s) = '-infinity' then -9223372036854775807 - 1"
          + " else (extract(epoch from (%1$s)) * 1000000)::bigint end)";

  public Sample {
    rows = List.copyOf(rows);
    differences = List.copyOf(differences);
  }

  /** Takes the first rows that the table gives; one query without an order. */
  public static Sample of(Connection connection, BoundBranch branch, int limit)
      throws SQLException {
    CatalogTable table = branch.table();
    int width = table.columns().size();
    String sql =
        "select %s, %s, %s from %s limit %d"
            .formatted(
                table.columns().stream().map(Sample::decoded).collect(Collectors.joining(", ")),
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
        Object[] values = new Object[width];
        for (int i = 0; i < width; i++) {
          values[i] = value(row, i + 1, table.columns().get(i));
        }
        Optional<CanonicalRow> there = there(row, branch, width + 1);
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
        ? MICROS.formatted(column.sql())
        : column.sql();
  }

  private static String decoded(CatalogColumn column) {
    String name = SqlText.identifier(column.name());
    return switch (column.type().kind()) {
      case TIMESTAMP, TIMESTAMPTZ -> MICROS.formatted(name);
      default -> name;
    };
  }

  /** As the decoder of the stream has it. */
  private static Object value(ResultSet row, int index, CatalogColumn column) throws SQLException {
    Object value =
        switch (column.type().kind()) {
          case INT2, INT4, INT8, TIMESTAMP, TIMESTAMPTZ -> row.getLong(index);
          case BOOL -> row.getBoolean(index);
          case NUMERIC -> row.getBigDecimal(index);
          default -> row.getString(index);
        };
    return row.wasNull() ? null : value;
  }
}
