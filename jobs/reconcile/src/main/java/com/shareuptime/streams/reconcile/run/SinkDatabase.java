package com.shareuptime.streams.reconcile.run;

import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection to the database of the read models, made anew after an error. Not thread-safe. */
public final class SinkDatabase implements AutoCloseable {
  private final PostgresAddress address;

  private Connection connection;

  public SinkDatabase(PostgresAddress address) {
    this.address = address;
  }

  /** What is asked in one transaction. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** Asks, in one transaction. */
  public <T> T ask(Question<T> question) throws SQLException {
    try {
      if (connection == null) {
        connection = address.connect();
        connection.setAutoCommit(false);
      }
      T answer = question.ask(connection);
      connection.commit();
      return answer;
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // what was not committed is done again
      }
      connection = null;
    }
  }
}
