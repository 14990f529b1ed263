package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One connection to Postgres that comes back: work that fails because the server went away is done
 * again once it is there. Not thread-safe.
 */
final class Session implements AutoCloseable {
  private static final long RETRY_MILLIS = 200;

  @FunctionalInterface
  interface Work<T> {
    T apply(Connection connection) throws SQLException, InterruptedException;
  }

  private final Addresses addresses;
  private final TrafficStats stats;
  private Connection connection;

  Session(Addresses addresses, TrafficStats stats) {
    this.addresses = addresses;
    this.stats = stats;
  }

  /**
   * Runs the work, again and again if the server goes away in it: the work itself must see to it
   * that a repeat does no harm. Any other failure is thrown.
   */
  <T> T persist(Work<T> work) throws SQLException, InterruptedException {
    while (true) {
      try {
        return work.apply(connection());
      } catch (SQLException e) {
        close();
        if (!Outage.isOne(e)) {
          throw e;
        }
        stats.retried();
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private Connection connection() throws SQLException {
    if (connection == null) {
      Connection fresh = addresses.connect();
      fresh.setAutoCommit(false);
      connection = fresh;
    }
    return connection;
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // it is dead already, which is why it is closed
      }
      connection = null;
    }
  }
}
