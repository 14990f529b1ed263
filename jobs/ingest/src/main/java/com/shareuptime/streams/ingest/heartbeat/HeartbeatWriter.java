package com.shareuptime.streams.ingest.heartbeat;

import com.shareuptime.streams.ingest.IngestOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the heartbeat row at a fixed interval from a thread of its own, until closed. A database
 * that is away is asked again at every interval: then readers see their watermark stand still.
 *
 * <p>The LSN is read before the row is written, so all that committed below it is decoded before
 * the row is.
 */
public final class HeartbeatWriter implements AutoCloseable {
  /** The beat's row in {@value IngestOptions#HEARTBEAT_TABLE}. */
  public static final int BEAT_ROW = 1;

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatWriter.class);
  private static final String LOOK =
      """
      select clock_timestamp(),
             (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint,
             coalesce((select pg_current_wal_lsn() - restart_lsn
                       from pg_replication_slots where slot_name = ?), 0)::bigint
      """;
  private static final String BEAT =
      """
      insert into streams.pipeline_heartbeat (id, beat_at, lsn) values (?, ?, ?)
      on conflict (id) do update set beat_at = excluded.beat_at, lsn = excluded.lsn
      """;

  private final IngestOptions options;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Connection connection;
  private volatile long retainedWalBytes;

  private HeartbeatWriter(IngestOptions options) {
    this.options = options;
    this.thread = new Thread(this::run, "ingest-heartbeat");
    thread.setDaemon(true);
  }

  /** Starts to beat. */
  public static HeartbeatWriter start(IngestOptions options) {
    HeartbeatWriter writer = new HeartbeatWriter(options);
    writer.thread.start();
    return writer;
  }

  /** WAL that the server keeps for the slot, as last seen, in bytes. */
  public long retainedWalBytes() {
    return retainedWalBytes;
  }

  private void run() {
    boolean failing = false;
    while (!closed) {
      try (Connection database = options.source().connect()) {
        connection = database;
        failing = false;
        beat(database);
      } catch (SQLException e) {
        if (!closed && !failing) {
          LOG.warn("no heartbeat can be written to {} for now", options.source().url(), e);
          failing = true;
        }
      }
      sleep(options.heartbeatInterval());
    }
  }

  private void beat(Connection database) throws SQLException {
    try (PreparedStatement look = database.prepareStatement(LOOK);
        PreparedStatement beat = database.prepareStatement(BEAT)) {
      look.setString(1, options.slot());
      while (!closed) {
        long started = System.nanoTime();
        try (ResultSet row = look.executeQuery()) {
          row.next();
          Timestamp at = row.getTimestamp(1);
          beat.setInt(1, BEAT_ROW);
          beat.setTimestamp(2, at);
          beat.setLong(3, row.getLong(2));
          retainedWalBytes = row.getLong(3);
        }
        beat.executeUpdate();
        sleep(options.heartbeatInterval().minusNanos(System.nanoTime() - started));
      }
    }
  }

  private void sleep(Duration time) {
    try {
      Thread.sleep(Math.max(1, time.toMillis()));
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Stops beating, also when the server hangs. */
  @Override
  public void close() throws SQLException {
    closed = true;
    thread.interrupt();
    Connection database = connection;
    if (database != null) {
      database.abort(Runnable::run);
    }
  }
}
