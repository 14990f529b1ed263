package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table with values as the decoder of the stream has them. */
final class DecodedRows {
  private DecodedRows() {}

  static List<Object[]> of(Connection connection, CatalogTable table, String orderBy)
      throws SQLException {
    String sql =
        "select %s from %s order by %s"
            .formatted(DecodedRow.columns(table), table.sqlName(), orderBy);
    List<Object[]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(DecodedRow.read(row, table));
      }
    }
    return rows;
  }
}
