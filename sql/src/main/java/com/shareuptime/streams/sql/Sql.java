package com.shareuptime.streams.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements on a connection, in the transaction that it is in. */
final class Sql {
  private Sql() {}

  static void execute(Connection connection, String... statements) throws SQLException {
    execute(connection, List.of(statements));
  }

  static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What a row of an answer is. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The first column of a query's rows. */
  static List<String> texts(Connection connection, String query, Object... parameters)
      throws SQLException {
    return rows(connection, query, row -> row.getString(1), parameters);
  }

  static <T> List<T> rows(
      Connection connection, String query, RowReader<T> reader, Object... parameters)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        if (parameters[i] instanceof List<?> list) {
          statement.setArray(i + 1, connection.createArrayOf("text", list.toArray()));
        } else {
          statement.setObject(i + 1, parameters[i]);
        }
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
    }
    return rows;
  }

  static boolean is(Connection connection, String query, Object... parameters) throws SQLException {
    return texts(connection, query, parameters).contains("t");
  }
}
