package com.shareuptime.streams.ingest.heartbeat;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.PublishedTables;
import com.shareuptime.streams.ingest.check.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the heartbeat row at a fixed interval from a thread of its own, until closed. A database
 * that is away is asked again at every interval: then readers see their watermark stand still.
 *
 * <p>Before each beat it looks whether the tables are still those that are read. If not, no further
 * beat is written, for good: what has been written since may be missing. The problem can be seen in
 * a metric for {@value #STANDS_STILL} beats; then a row is written at which the job fails, and says
 * why.
 *
 * <p>The LSN is read before the row is written, so all that committed below it is decoded before
 * the row is. It never falls, whoever else may still be writing it, unless the server's own log is
 * behind it.
 */
public final class HeartbeatWriter implements AutoCloseable {
  /** The beat's row in {@value IngestOptions#HEARTBEAT_TABLE}. */
  public static final int BEAT_ROW = 1;

  /** A row that says nothing, written so that the job looks at {@link #requireTables}. */
  public static final int WAKE_ROW = 2;

  /** Beats left out; 20 s by default, longer than metrics take to be fetched. */
  private static final int STANDS_STILL = 80;

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

  private static final String WAKE =
      """
      insert into streams.pipeline_heartbeat (id, beat_at, lsn) values (%d, clock_timestamp(), 0)
      on conflict (id) do update set beat_at = excluded.beat_at
      """
          .formatted(WAKE_ROW);

  private static final String HELD = "select lsn from streams.pipeline_heartbeat where id = ";

  private final IngestOptions options;
  private final Map<String, Long> relations;
  private final Thread thread;
  private volatile String problem;
  private volatile boolean closed;
  private volatile Connection connection;
  private volatile long retainedWalBytes;
  private long written;

  private HeartbeatWriter(IngestOptions options, Map<String, Long> relations) {
    this.options = options;
    this.relations = relations;
    this.thread = new Thread(this::run, "ingest-heartbeat");
    thread.setDaemon(true);
  }

  /**
   * Starts to beat.
   *
   * @param relations oids of the tables that are read
   */
  public static HeartbeatWriter start(IngestOptions options, Map<String, Long> relations) {
    HeartbeatWriter writer = new HeartbeatWriter(options, relations);
    writer.thread.start();
    return writer;
  }

  /** Whether the tables are not those that are read, or lack columns. */
  public boolean tablesChanged() {
    return problem != null;
  }

  /**
   * Checks that the tables were still those that are read when the last beat was written.
   *
   * @throws Refusal if they were not
   */
  public void requireTables() {
    if (problem != null) {
      throw new Refusal(problem);
    }
  }

  /** WAL that the server keeps for the slot, as last seen, in bytes. */
  public long retainedWalBytes() {
    return retainedWalBytes;
  }

  private void run() {
    boolean failing = false;
    while (!closed && problem == null) {
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
        // after the LSN was read: who has committed below it is seen here
        problem = PublishedTables.ask(database, options.publication()).changedSince(relations);
        if (problem != null) {
          standStill(database);
          return;
        }
        beat.executeUpdate();
        written = Math.max(written, lsn);
        sleep(options.heartbeatInterval().minusNanos(System.nanoTime() - started));
      }
    }
  }

  private void standStill(Connection database) throws SQLException {
    LOG.error("no further heartbeat is written: {}", problem);
    sleep(options.heartbeatInterval().multipliedBy(STANDS_STILL));
    try (PreparedStatement wake = database.prepareStatement(WAKE)) {
      wake.executeUpdate();
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
