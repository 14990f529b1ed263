package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.BatchWriter;
import com.shareuptime.streams.sink.Confirmations;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.StoreMark;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer with statements of its own and one connection, made anew after any error. No statement
 * runs longer than half a minute.
 *
 * <p>A writer of a surface whose progress is published notices that Postgres went back in time
 * ({@link Confirmations}): a fail-over to a replica that was behind, a backup.
 */
public abstract class ConnectedWriter<T> implements BatchWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectedWriter.class);
  private static final long serialVersionUID = 1L;
  private static final int STATEMENT_SECONDS = 30;

  /** How soon a surface that nothing is written to notices. */
  private static final long IDLE_CHECK_MILLIS = 2_000;

  private final PostgresAddress address;
  private final String surface;
  private final LostWrites losses;

  private transient List<StoreMark> restored;
  private transient Confirmations<T> confirmations;
  private transient volatile Connection connection;
  private transient volatile boolean closed;

  /** A writer of what promises nothing, or is soon written again. */
  protected ConnectedWriter(PostgresAddress address) {
    this(address, null, null);
  }

  /**
   * A writer of a surface whose progress is published.
   *
   * @param losses what is done when Postgres lacks writes that nobody can send again
   */
  protected ConnectedWriter(PostgresAddress address, String surface, LostWrites losses) {
    this.address = address;
    this.surface = surface;
    this.losses = losses;
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

  /** Registers the metrics of the writer. */
  protected void register(MetricGroup metrics) {
    // nothing beyond what the sink itself measures
  }

  @Override
  public final void open(MetricGroup metrics) {
    register(metrics);
    if (surface != null) {
      confirmations =
          new Confirmations<>(
              surface,
              losses,
              restored == null ? List.of() : restored,
              metrics.counter("postgresDataLost"));
    }
  }

  @Override
  public final void restore(List<StoreMark> marks) {
    restored = marks;
  }

  @Override
  public final List<StoreMark> marks() {
    return confirmations == null ? List.of() : confirmations.marks();
  }

  @Override
  public final boolean lacksWrites() {
    return confirmations != null && confirmations.lacksWrites();
  }

  @Override
  public final long idleCheckMillis() {
    return surface == null ? 0 : IDLE_CHECK_MILLIS;
  }

  @Override
  public final List<Rejection<T>> write(List<T> batch) throws Exception {
    try {
      connect();
      List<Rejection<T>> rejections = write(connection, batch);
      if (confirmations != null) {
        confirm(batch);
      }
      return rejections;
    } catch (Exception e) {
      disconnect();
      throw e;
    }
  }

  private void confirm(List<T> batch) throws Exception {
    var numbers = new PostgresNumbers(connection, surface);
    String writer = confirmations.writer();
    long confirmed = confirmations.confirmed();
    if (batch.isEmpty()) {
      long held = numbers.read(List.of(writer)).getOrDefault(writer, Confirmations.UNKNOWN);
      confirmations.looked(held, numbers, this::resend);
    } else {
      long before = numbers.note(writer, confirmed, confirmed + 1);
      confirmations.written(batch, before, numbers, this::resend);
    }
  }

  /** What is refused was told when it was written first. */
  private void resend(List<T> batch) throws SQLException {
    List<Rejection<T>> again = write(connection, batch);
    LOG.debug("{} values of {} were refused again", again.size(), surface);
  }

  private void connect() throws Exception {
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
    if (confirmations != null) {
      confirmations.connected(new PostgresNumbers(opened, surface), this::resend);
    }
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
