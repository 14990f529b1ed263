package com.shareuptime.streams.proof.bench.feedcost;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The graph that is in the product's table {@code follows}. Reads it twice in whole, without locks:
 * on a large table better from a replica.
 *
 * @param jdbcUrl with user and password
 */
record FollowsTable(String jdbcUrl) {
  private static final String HISTOGRAM =
      "select ends, count(*) from (select count(*) as ends from follows"
          + " where status = 'accepted' group by %s) as each group by ends";

  FollowGraph graph() throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      SortedMap<Integer, Long> authors = histogram(statement, "followee_id");
      SortedMap<Integer, Long> readers = histogram(statement, "follower_id");
      if (authors.isEmpty()) {
        throw new SQLException("The table follows has no accepted row.");
      }
      return new FollowGraph(authors, readers);
    }
  }

  private static SortedMap<Integer, Long> histogram(Statement statement, String end)
      throws SQLException {
    SortedMap<Integer, Long> histogram = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery(HISTOGRAM.formatted(end))) {
      while (rows.next()) {
        histogram.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return histogram;
  }
}
