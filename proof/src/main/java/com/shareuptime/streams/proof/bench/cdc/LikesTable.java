package com.shareuptime.streams.proof.bench.cdc;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills the product's table {@code likes}; row number i is of post i / USERS + 1. */
final class LikesTable {
  static final int USERS = 10_000;

  /** Rows of one transaction. */
  private static final int BATCH = 10_000;

  private final Addresses addresses;

  LikesTable(Addresses addresses) {
    this.addresses = addresses;
  }

  void insertUsers() throws SQLException {
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into public.users (id, username, display_name)"
              + " select id, 'user' || id, 'User ' || id from generate_series(1, "
              + USERS
              + ") as id");
    }
  }

  void insert(int rows) throws SQLException {
    try (Connection connection = addresses.connect();
        Statement session = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into public.likes (target_type, target_id, user_id)"
                    + " select 'post', i / ? + 1, i % ? + 1 from generate_series(?, ?) as i")) {
      // every user exists: checking it for each row would only take time before the clock runs
      session.execute("set session_replication_role = replica");
      for (int from = 0; from < rows; from += BATCH) {
        insert.setInt(1, USERS);
        insert.setInt(2, USERS);
        insert.setInt(3, from);
        insert.setInt(4, Math.min(rows, from + BATCH) - 1);
        insert.execute();
      }
      session.execute("analyze public.likes");
    }
  }
}
