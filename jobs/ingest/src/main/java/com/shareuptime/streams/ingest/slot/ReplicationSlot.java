package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.PostgresAddress;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job's replication slot, as the server knows it. */
record ReplicationSlot(PostgresAddress database, String name) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicationSlot.class);
  private static final String RESNAPSHOT =
      "changes since the checkpoint are gone; './streams submit ingest --fresh' reads every table anew";

  /** A new slot waits for all that are open. After that the connection is taken to be dead. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

  private static final Duration RELEASE = Duration.ofSeconds(60);

  /**
   * @param confirmed its confirmed position
   * @param lost whether the server has thrown away WAL that it needs, or it is not one of ours
   * @param reader process that reads it now, 0 for none
   * @param idleMillis how long nobody has read it; 0 where the server does not tell
   */
  record State(long confirmed, boolean lost, int reader, long idleMillis) {}

  Optional<State> state() {
    try (Connection connection = StartChecks.connect(database)) {
      return state(connection);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  private Optional<State> state(Connection connection) throws SQLException {
    // inactive_since is new in Postgres 17: read as JSON, absent is null
    String sql =
        """
        select coalesce(confirmed_flush_lsn - '0/0'::pg_lsn, 0)::bigint,
               coalesce(wal_status, '') = 'lost' or plugin is distinct from 'pgoutput'
                 or database is distinct from current_database(),
               coalesce(active_pid, 0),
               coalesce(extract(epoch from clock_timestamp()
                 - (to_jsonb(s) ->> 'inactive_since')::timestamptz) * 1000, 0)::bigint
        from pg_replication_slots s where slot_name = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new State(
                    row.getLong(1),
                    row.getBoolean(2),
                    row.getInt(3),
                    row.getInt(3) == 0 ? Math.max(0, row.getLong(4)) : 0))
            : Optional.empty();
      }
    }
  }

  /**
   * The state of a slot that a checkpoint relies on.
   *
   * @throws Refusal if it is missing or lost
   */
  State require() {
    State state =
        state()
            .orElseThrow(
                () ->
                    new Refusal(
                        "replication slot '%s' is missing: %s".formatted(name, RESNAPSHOT)));
    if (state.lost()) {
      throw new Refusal(
          "replication slot '%s' is lost or not a pgoutput slot of this database: %s"
              .formatted(name, RESNAPSHOT));
    }
    return state;
  }

  /** What its readers have confirmed, of a slot that is required. */
  long position() {
    return require().confirmed();
  }

  /**
   * Waits until no other process reads the slot and checks that it still has all that follows a
   * checkpoint.
   *
   * @throws Refusal if it is missing, lost, or ahead of the checkpoint
   */
  void take(long checkpoint) throws InterruptedException {
    State state = awaitRelease(require());
    if (Long.compareUnsigned(state.confirmed(), checkpoint) > 0) {
      throw new Refusal(
          "replication slot '%s' is at %s, ahead of the checkpoint at %s: %s"
              .formatted(name, new Lsn(state.confirmed()), new Lsn(checkpoint), RESNAPSHOT));
    }
    LOG.info(
        "slot {} at {} goes on from {}, idle for {} ms",
        name,
        new Lsn(state.confirmed()),
        new Lsn(checkpoint),
        state.idleMillis());
  }

  /**
   * Waits until nobody reads the slot. While somebody does, a snapshot is over: whoever still reads
   * chunks was taken for dead, and has come back together with its job manager.
   */
  void awaitRelease() throws InterruptedException {
    awaitRelease(require());
  }

  private State awaitRelease(State first) throws InterruptedException {
    long deadline = System.nanoTime() + RELEASE.toNanos();
    State state = first;
    while (state.reader() != 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "replication slot '%s' is read by another process (pid %d of Postgres): cancel the other ingest job, or: select pg_terminate_backend(%d);"
                .formatted(name, state.reader(), state.reader()));
      }
      Thread.sleep(100);
      state = require();
    }
    return state;
  }

  /**
   * Makes the slot anew, then waits until every transaction that ran meanwhile has ended: what
   * committed below the slot's position is then in every snapshot taken later. An old slot is given
   * up once nobody reads it.
   */
  void makeAnew() throws InterruptedException {
    Optional<State> old = state();
    if (old.isPresent() && !old.get().lost()) {
      awaitRelease(old.get());
    }
    try (Connection connection = StartChecks.connect(database)) {
      connection.setNetworkTimeout(Runnable::run, (int) LONGEST_TRANSACTION.toMillis());
      if (old.isPresent()) {
        call(connection, "select pg_drop_replication_slot(?)");
      }
      call(connection, "select pg_create_logical_replication_slot(?, 'pgoutput')");
      settle(connection);
      LOG.info("made slot {} at {}", name, new Lsn(require().confirmed()));
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  private void settle(Connection connection) throws SQLException, InterruptedException {
    long next = number(connection, "pg_snapshot_xmax(pg_current_snapshot())");
    while (number(connection, "pg_snapshot_xmin(pg_current_snapshot())") < next) {
      Thread.sleep(50);
    }
  }

  private void call(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      statement.execute();
    }
  }

  private static long number(Connection connection, String expression) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select (" + expression + ")::text::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }
}
