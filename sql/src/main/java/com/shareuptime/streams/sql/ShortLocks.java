package com.shareuptime.streams.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Changes that lock what the product uses. Its statements wait behind a lock that we wait for, so
 * none is waited for longer than 300 ms; it is tried again after that, for some seconds.
 */
final class ShortLocks {
  private static final String LOCK_TIMEOUT = "set local lock_timeout = '300ms'";
  private static final int TRIES = 20;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private ShortLocks() {}

  /**
   * Runs them in one transaction, and commits it.
   *
   * @param connection in no transaction
   */
  static void commit(Connection connection, List<String> statements) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        Sql.execute(connection, LOCK_TIMEOUT);
        Sql.execute(connection, statements);
        connection.commit();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || tries == TRIES) {
          throw e;
        }
      }
    }
  }
}
