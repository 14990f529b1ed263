package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** The values of a row that SQL has read, as the decoder of the stream would have them. */
final class DecodedRow {
  private DecodedRow() {}

  /** What to select, for {@link #read}. */
  static String columns(CatalogTable table) {
    return table.columns().stream().map(DecodedRow::selected).collect(Collectors.joining(", "));
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

  /** The first columns of the result, one for each of the table. */
  static Object[] read(ResultSet row, CatalogTable table) throws SQLException {
    Object[] values = new Object[table.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row, i + 1, table.columns().get(i));
    }
    return values;
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
