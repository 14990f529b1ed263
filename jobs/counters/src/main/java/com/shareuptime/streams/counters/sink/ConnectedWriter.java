package com.shareuptime.streams.counters.sink;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/** A writer with statements of its own and one connection, made anew after any error. */
abstract class ConnectedWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  private final PostgresAddress address;

  private transient volatile Connection connection;

  ConnectedWriter(PostgresAddress address) {
    this.address = address;
  }

  /** Writes all of {@code batch}; repeats and older values must do no harm. */
  abstract void write(Connection connection, List<T> batch) throws SQLException;

  @Override
  public void open(MetricGroup metrics) {
    // nothing beyond what the sink itself measures
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws SQLException {
    if (batch.isEmpty()) {
      return List.of();
    }
    try {
      if (connection == null) {
        connection = address.connect();
      }
      write(connection, batch);
      return List.of();
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        throw new IllegalStateException("cannot abort the connection to " + address.url(), e);
      }
    }
  }
}
