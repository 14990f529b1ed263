package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.explain.user.Account.Follows;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product's tables, asked for one user. */
record AccountTable(Database source) {
  private static final String ROW =
      """
      select format('user %%s (%%s, "%%s"%%s), written %%s, changed %%s', id, username, display_name,
                    case when is_active then '' else ', INACTIVE' end, created_at, updated_at),
             is_active, username, display_name, coalesce(avatar_url, ''), is_verified,
             follows, pending_follows, followers, pending_followers
      from (%s) account
      """
          .formatted(UserQueries.ONE);

  Account read(long user) throws SQLException {
    try (Connection connection = source.connect();
        PreparedStatement statement = connection.prepareStatement(ROW)) {
      statement.setLong(1, user);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw CommandException.usage(
              "There is no user " + user + ".", "Give the id of a row of public.users.");
        }
        return new Account(
            row.getString(1),
            row.getBoolean(2),
            snapshot(row),
            new Follows(row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10)));
      }
    }
  }

  private static Map<String, String> snapshot(ResultSet row) throws SQLException {
    Map<String, String> author = new HashMap<>();
    author.put("username", row.getString(3));
    author.put("display_name", row.getString(4));
    author.put("avatar_url", row.getString(5));
    author.put("is_verified", Boolean.toString(row.getBoolean(6)));
    return author;
  }

  /** Where posts stand in feeds, newest first. */
  List<Cursor> positions(List<Long> posts) throws SQLException {
    try (Connection connection = source.connect();
        PreparedStatement statement = connection.prepareStatement(FeedQueries.POSITIONS)) {
      Array ids = connection.createArrayOf("bigint", posts.toArray());
      statement.setArray(1, ids);
      List<Cursor> positions = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          positions.add(new Cursor(row.getLong(2), row.getLong(1)));
        }
      }
      return positions;
    }
  }
}
