package com.shareuptime.streams.search.sink;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.progress.Progress;
import com.shareuptime.streams.search.DocumentType;
import com.shareuptime.streams.search.SearchTargets;
import com.shareuptime.streams.sink.BatchWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.MetricGroup;

/**
 * Publishes elsewhere than in Postgres how far an alias is: as far as this run's index, but no
 * further than any other index that the alias may point to, and not at all while it may not point
 * to this one. Postgres is asked before each write, so that while it is away progress stands still
 * rather than promise too much.
 */
final class AliasProgressWriter implements BatchWriter<Progress> {
  private static final long serialVersionUID = 1L;

  /** One row if the alias may point to the index; null in it if nothing else limits the promise. */
  private static final String LIMIT =
      """
      select o.lsn, o.micros
      from streams.search_indexes i
      cross join lateral (
        select min(coalesce(o.visible_lsn, '0/0')) - '0/0'::pg_lsn as lsn,
               (extract(epoch from min(coalesce(o.visible_at, to_timestamp(0)))) * 1000000)::bigint
                 as micros
        from streams.search_indexes o
        where o.alias = i.alias and o.promised and o.name <> i.name) o
      where i.name = ? and i.promised
      """;

  private final PostgresAddress address;
  private final SearchTargets targets;
  private final BatchWriter<Progress> elsewhere;

  private transient volatile Connection connection;
  private transient volatile boolean closed;

  AliasProgressWriter(
      PostgresAddress address, SearchTargets targets, BatchWriter<Progress> elsewhere) {
    this.address = address;
    this.targets = targets;
    this.elsewhere = elsewhere;
  }

  @Override
  public void open(MetricGroup metrics) {
    elsewhere.open(metrics);
  }

  @Override
  public long idleCheckMillis() {
    return elsewhere.idleCheckMillis();
  }

  @Override
  public List<Rejection<Progress>> write(List<Progress> batch) throws Exception {
    return elsewhere.write(batch.isEmpty() ? batch : limited(batch));
  }

  private List<Progress> limited(List<Progress> batch) throws SQLException {
    try {
      if (connection == null) {
        connection = address.connect();
        if (closed) {
          throw new SQLException("closed while connecting");
        }
      }
      List<Progress> limited = new ArrayList<>();
      try (PreparedStatement query = connection.prepareStatement(LIMIT)) {
        for (Progress progress : batch) {
          query.setString(1, targets.index(DocumentType.of(progress.surface())));
          try (ResultSet row = query.executeQuery()) {
            if (row.next()) {
              boolean alone = row.getBigDecimal(1) == null;
              limited(
                      progress,
                      alone ? Long.MAX_VALUE : row.getLong(1),
                      alone ? Long.MAX_VALUE : row.getLong(2))
                  .ifPresent(limited::add);
            }
          }
        }
      }
      return limited;
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private static Optional<Progress> limited(Progress progress, long lsn, long micros) {
    return lsn == 0
        ? Optional.empty()
        : Optional.of(
            new Progress(
                progress.surface(),
                Math.min(lsn, progress.lsn()),
                Math.min(micros, progress.beatMicros()),
                progress.snapshot()));
  }

  private void disconnect() {
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

  @Override
  public void close() {
    closed = true;
    disconnect();
    elsewhere.close();
  }
}
