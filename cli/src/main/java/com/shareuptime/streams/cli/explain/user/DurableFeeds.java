package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.server.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The table {@code user_feeds}. */
record DurableFeeds(Database sink) {
  static final String SURFACE = "feeds.postgres";

  private static final int MOST = 1_000;

  /** The oldest week that is kept has the smallest name. */
  private static final String SUMMARY =
      """
      select count(*), min(inserted_at), max(inserted_at),
             (select coalesce((extract(epoch from min(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'))::timestamp
                                                  at time zone 'UTC') * 1000000)::bigint, 9223372036854775807)
              from pg_inherits where inhparent = 'streams.user_feeds'::regclass)
      from streams.user_feeds where user_id = ?
      """;

  private static final String NEWEST =
      """
      select post_id from streams.user_feeds
      where user_id = ? and inserted_at >= to_timestamp(0) + ? * interval '1 microsecond'
      order by inserted_at desc, post_id desc limit ?
      """;

  /**
   * Reads it.
   *
   * @param from position of the oldest entry of the page
   */
  DurableFeed read(long user, long from) throws SQLException {
    try (Connection connection = sink.connect()) {
      List<Long> newest = newest(user, from, connection);
      try (PreparedStatement statement = connection.prepareStatement(SUMMARY)) {
        statement.setLong(1, user);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return new DurableFeed(
              row.getLong(1), row.getString(2), row.getString(3), newest, row.getLong(4));
        }
      }
    }
  }

  private static List<Long> newest(long user, long from, Connection connection)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWEST)) {
      statement.setLong(1, user);
      statement.setLong(2, from);
      statement.setInt(3, MOST);
      List<Long> posts = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          posts.add(row.getLong(1));
        }
      }
      return posts;
    }
  }
}
