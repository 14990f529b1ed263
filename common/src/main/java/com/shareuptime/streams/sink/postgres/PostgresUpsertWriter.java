package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.LostWrites;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
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
public final class PostgresUpsertWriter<T> extends ConnectedWriter<T> {
  private static final long serialVersionUID = 1;

  /** The columns of a value, in the order keys, values; null is SQL's null. */
  @FunctionalInterface
  public interface Mapping<T> extends Serializable {
    Object[] row(T value);
  }

  private record Row<T>(T value, Object[] columns) {}

  private final UpsertTable table;
  private final Mapping<T> mapping;

  private transient Counter stale;
  private transient PreparedStatement upsert;

  public PostgresUpsertWriter(PostgresAddress address, UpsertTable table, Mapping<T> mapping) {
    super(address);
    this.table = table;
    this.mapping = mapping;
  }

  /** A writer of a surface whose progress is published. */
  public PostgresUpsertWriter(
      PostgresAddress address,
      UpsertTable table,
      Mapping<T> mapping,
      String surface,
      LostWrites losses) {
    super(address, surface, losses);
    this.table = table;
    this.mapping = mapping;
  }

  @Override
  protected void register(MetricGroup metrics) {
    stale = metrics.counter("staleWrites");
  }

  @Override
  protected void connected(Connection connection) throws SQLException {
    upsert = connection.prepareStatement(table.statement());
  }

  @Override
  protected List<Rejection<T>> write(Connection connection, List<T> batch) throws SQLException {
    List<Row<T>> rows = new ArrayList<>(batch.size());
    for (T value : batch) {
      rows.add(new Row<>(value, mapping.row(value)));
    }
    rows.sort(byKey(table.keys().size()));
    List<Rejection<T>> rejections = new ArrayList<>();
    write(connection, rows, rejections);
    return rejections;
  }

  private void write(Connection connection, List<Row<T>> rows, List<Rejection<T>> rejections)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      execute(connection, rows);
    } catch (SQLException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      if (rows.size() == 1) {
        rejections.add(new Rejection<>(rows.get(0).value(), e.getMessage()));
      } else {
        write(connection, rows.subList(0, rows.size() / 2), rejections);
        write(connection, rows.subList(rows.size() / 2, rows.size()), rejections);
      }
    }
  }

  private void execute(Connection connection, List<Row<T>> rows) throws SQLException {
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

  @SuppressWarnings({"unchecked", "rawtypes"}) // key columns are texts, numbers and UUIDs
  private static <T> Comparator<Row<T>> byKey(int keys) {
    return (one, other) -> {
      int order = 0;
      for (int i = 0; i < keys && order == 0; i++) {
        order = ((Comparable) one.columns()[i]).compareTo(other.columns()[i]);
      }
      return order;
    };
  }
}
