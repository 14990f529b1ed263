package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The truth that a page is compared with: apart from the reader's own queries, and slower. */
record PageTruth(DataSource source) {
  void requireUser(long user) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(UserQueries.EXISTS)) {
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
        PreparedStatement statement = connection.prepareStatement(FeedQueries.PAGE)) {
      statement.setLong(1, user);
      statement.setInt(2, size);
      statement.setLong(3, (page - 1L) * size);
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
