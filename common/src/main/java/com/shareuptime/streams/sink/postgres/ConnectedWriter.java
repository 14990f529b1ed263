package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/**
 * A writer with statements of its own and one connection, made anew after any error. No statement
 * runs longer than half a minute.
 */
public abstract class ConnectedWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;
  private static final int STATEMENT_SECONDS = 30;

  private final PostgresAddress address;

  private transient volatile Connection connection;
  private transient volatile boolean closed;

  protected ConnectedWriter(PostgresAddress address) {
    this.address = address;
  }

  /** Prepares a new connection; before its first write. */
  protected void connected(Connection connection) throws SQLException {
    // most statements are prepared where they are used
  }

  /**
   * Writes all of {@code batch}; repeats and older values must do no harm.
   *
   * @return the values that Postgres refuses for what they are
   */
  protected abstract List<Rejection<T>> write(Connection connection, List<T> batch)
      throws SQLException;

  @Override
  public void open(MetricGroup metrics) {
    // nothing beyond what the sink itself measures
  }

  @Override
  public final List<Rejection<T>> write(List<T> batch) throws SQLException {
    try {
      connect();
      return write(connection, batch);
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private void connect() throws SQLException {
    if (connection != null) {
      return;
    }
    Connection opened = address.connect();
    connection = opened;
    if (closed) {
      throw new SQLException("closed while connecting");
    }
    try (Statement statement = opened.createStatement()) {
      statement.execute("set statement_timeout = '" + STATEMENT_SECONDS + "s'");
    }
    connected(opened);
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        // closes the socket at once, also under a statement that runs; a polite close would wait
        // for it
        open.abort(Runnable::run);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot abort the connection to " + address.url(), e);
      }
    }
  }

  @Override
  public final void close() {
    closed = true;
    disconnect();
  }
}
