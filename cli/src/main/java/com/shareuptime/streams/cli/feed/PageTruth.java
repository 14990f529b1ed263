package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The truth that a page is compared with, worded as the contract words it: apart from the reader's
 * own queries, and slower.
 */
record PageTruth(DataSource source) {
  private static final String FEED =
      """
      select p.id
      from public.posts p join public.users a on a.id = p.author_id
      where (p.author_id = ? or p.author_id in (
               select followee_id from public.follows where follower_id = ? and status = 'accepted'))
        and a.is_active and not p.is_deleted and p.visibility in ('public', 'followers')
      order by p.created_at desc, p.id desc
      limit ? offset ?
      """;

  void requireUser(long user) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select from public.users where id = ?")) {
      statement.setLong(1, user);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw CommandException.usage(
              "There is no user " + user + ".", "Give the id of a row of public.users.");
        }
      }
    }
  }

  List<Long> page(long user, int page, int size) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(FEED)) {
      statement.setLong(1, user);
      statement.setLong(2, user);
      statement.setInt(3, size);
      statement.setLong(4, (page - 1L) * size);
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
      return ids;
    }
  }
}
