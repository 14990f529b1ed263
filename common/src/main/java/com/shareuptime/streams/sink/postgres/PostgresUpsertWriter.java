package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.BatchWriter;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Writes rows by one statement and one transaction a batch, sorted by key so that writers cannot
 * block each other in a circle. A batch with a row that Postgres refuses for its content (SQLState
 * 22 or 23) is halved until the row is found; any other error is an outage.
 */
public final class PostgresUpsertWriter<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1;
  private static final int STATEMENT_SECONDS = 30;

  /** The columns of a value, in the order keys, values; null is SQL's null. */
  @FunctionalInterface
  public interface Mapping<T> extends Serializable {
    Object[] row(T value);
  }

  private record Row<T>(T value, Object[] columns) {}

  private final PostgresAddress address;
  private final UpsertTable table;
  private final Mapping<T> mapping;

  private transient Counter stale;
  private transient volatile Connection connection;
  private transient volatile boolean closed;
  private transient PreparedStatement upsert;

  public PostgresUpsertWriter(PostgresAddress address, UpsertTable table, Mapping<T> mapping) {
    this.address = address;
    this.table = table;
    this.mapping = mapping;
  }

  @Override
  public void open(MetricGroup metrics) {
    stale = metrics.counter("staleWrites");
  }

  @Override
  public List<Rejection<T>> write(List<T> batch) throws SQLException {
    List<Row<T>> rows = new ArrayList<>(batch.size());
    for (T value : batch) {
      rows.add(new Row<>(value, mapping.row(value)));
    }
    rows.sort(byKey(table.keys().size()));
    try {
      connect();
      List<Rejection<T>> rejections = new ArrayList<>();
      write(rows, rejections);
      return rejections;
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private void write(List<Row<T>> rows, List<Rejection<T>> rejections) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      execute(rows);
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        rejections.add(new Rejection<>(rows.get(0).value(), e.getMessage()));
      } else {
        write(rows.subList(0, rows.size() / 2), rejections);
        write(rows.subList(rows.size() / 2, rows.size()), rejections);
      }
    }
  }

  private void execute(List<Row<T>> rows) throws SQLException {
    List<UpsertTable.Column> columns = table.columns();
    for (int c = 0; c < columns.size(); c++) {
      ColumnType type = columns.get(c).type();
      Object[] values = type.array(rows.size());
      for (int r = 0; r < values.length; r++) {
        values[r] = rows.get(r).columns()[c];
      }
      upsert.setArray(c + 1, connection.createArrayOf(type.element(), values));
    }
    stale.inc(rows.size() - upsert.executeUpdate());
  }

  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // key columns are text and numbers
  private static <T> Comparator<Row<T>> byKey(int keys) {
    return (one, other) -> {
      int order = 0;
      for (int i = 0; i < keys && order == 0; i++) {
        order = ((Comparable) one.columns()[i]).compareTo(other.columns()[i]);
      }
      return order;
    };
  }

  private void connect() throws SQLException {
    if (connection != null) {
      return;
    }
    connection = address.connect();
    if (closed) {
      throw new SQLException("closed while connecting");
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("set statement_timeout = '" + STATEMENT_SECONDS + "s'");
    }
    upsert = connection.prepareStatement(table.statement());
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
  public void close() {
    closed = true;
    disconnect();
  }
}
