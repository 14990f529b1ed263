package com.shareuptime.streams.ingest.heartbeat;

import com.shareuptime.streams.ingest.IngestOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the heartbeat row at a fixed interval from a thread of its own, until closed. A database
 * that is away is asked again at every interval: then readers see their watermark stand still.
 *
 * <p>The LSN is read before the row is written, so all that committed below it is decoded before
 * the row is. It never falls, whoever else may still be writing it, unless the server's own log is
 * behind it.
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
      insert into streams.pipeline_heartbeat as held (id, beat_at, lsn) values (?, ?, ?)
      on conflict (id) do update set beat_at = excluded.beat_at, lsn = excluded.lsn
      where held.lsn <= excluded.lsn
         or held.lsn > (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint
      """;

  private static final String HELD = "select lsn from streams.pipeline_heartbeat where id = ";

  private final IngestOptions options;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Connection connection;
  private volatile long retainedWalBytes;
  private long written;

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
        if (hasGoneBack(database)) {
          LOG.error(
              "the server at {} has gone back to a time before the last heartbeat: no more is written",
              options.source().url());
          return;
        }
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

  /**
   * Whether the server lacks the last beat, as after a fail-over to a standby that was behind. The
   * job's start will find so too, by that beat: it must not be written over.
   */
  private boolean hasGoneBack(Connection database) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(HELD + BEAT_ROW)) {
      return (row.next() ? row.getLong(1) : 0) < written;
    }
  }

  private void beat(Connection database) throws SQLException {
    try (PreparedStatement look = database.prepareStatement(LOOK);
        PreparedStatement beat = database.prepareStatement(BEAT)) {
      look.setString(1, options.slot());
      while (!closed) {
        long started = System.nanoTime();
        long lsn;
        try (ResultSet row = look.executeQuery()) {
          row.next();
          Timestamp at = row.getTimestamp(1);
          beat.setInt(1, BEAT_ROW);
          beat.setTimestamp(2, at);
          lsn = row.getLong(2);
          beat.setLong(3, lsn);
          retainedWalBytes = row.getLong(3);
        }
        beat.executeUpdate();
        written = Math.max(written, lsn);
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
