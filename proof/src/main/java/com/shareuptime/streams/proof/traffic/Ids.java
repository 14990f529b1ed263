package com.shareuptime.streams.proof.traffic;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The first of the ids that a plan may give to its rows.
 *
 * <p>They are known before a row is written, so that the same seed gives the same plan; and they
 * are taken out of the tables' sequences, so that no other writer meets them.
 */
public record Ids(long user, long post, long reel, long comment, long share) {
  /** More than a simulator can use up. */
  private static final long RANGE = 1_000_000_000L;

  static final Ids FIRST = new Ids(1, 1, 1, 1, 1);

  static Ids reserve(Connection connection) throws SQLException {
    return new Ids(
        take(connection, "users"),
        take(connection, "posts"),
        take(connection, "reels"),
        take(connection, "comments"),
        take(connection, "shares"));
  }

  private static long take(Connection connection, String table) throws SQLException {
    String sequence = "pg_get_serial_sequence('public." + table + "', 'id')";
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "with first as (select nextval("
                    + sequence
                    + ") as id)"
                    + " select id, setval("
                    + sequence
                    + ", id + "
                    + RANGE
                    + ") from first")) {
      row.next();
      return row.getLong(1);
    }
  }
}
