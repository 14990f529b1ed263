package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of a table with values as the decoder of the stream has them. */
final class DecodedRows {
  private DecodedRows() {}

  static List<Object[]> of(Connection connection, CatalogTable table, String orderBy)
      throws SQLException {
    String columns =
        table.columns().stream().map(DecodedRows::selected).collect(Collectors.joining(", "));
    String sql =
        "select %s from %s.%s order by %s"
            .formatted(
                columns,
                SqlText.identifier(table.schema()),
                SqlText.identifier(table.name()),
                orderBy);
    List<Object[]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        Object[] values = new Object[table.columns().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(row, i + 1, table.columns().get(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static String selected(CatalogColumn column) {
    String name = SqlText.identifier(column.name());
    return switch (column.type().kind()) {
      case TIMESTAMP, TIMESTAMPTZ -> micros(name);
      default -> name;
    };
  }

  /** A time in microseconds since 1970; infinity as the decoder has it. */
  static String micros(String expression) {
    return ("case when (%1$s) = 'infinity' then 9223372036854775807"
            + " when (%1$s) = '-infinity' then -9223372036854775807 - 1"
            + " else (extract(epoch from (%1$s)) * 1000000)::bigint end")
        .formatted(expression);
  }

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
