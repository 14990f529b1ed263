package com.shareuptime.streams.proof.traffic;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/**
 * Two sessions that run races, one at a time. Not thread-safe. By plain JDBC, as two connections
 * wait for each other within one transaction each.
 */
final class Rivals implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;
  private static final int LOOKS = 200;
  private static final String DUPLICATE_KEY = "23505";

  private final Backend backend;
  private final ExecutorService second = Executors.newSingleThreadExecutor();

  Rivals(Backend backend) {
    this.backend = backend;
  }

  /** A server that goes away ends the race: what it has left behind is in the tables. */
  void run(Race race) throws InterruptedException {
    try (Connection one = open();
        Connection two = open()) {
      if (!insert(one, race.add())) {
        return;
      }
      Future<Boolean> waits = second.submit(() -> insert(two, race.addAgain()));
      awaitBlocked(one, two.unwrap(PGConnection.class).getBackendPID(), waits);
      remove(one, race);
      for (int round = 1; round < race.rounds(); round++) {
        if (insert(one, race.add())) {
          remove(one, race);
        }
      }
      if (race.rollsBack()) {
        one.rollback();
      } else {
        one.commit();
        announce(race.add());
        announce(race.remove());
      }
      if (waits.get()) {
        two.commit();
        announce(race.addAgain());
      }
      backend.stats().add(Fault.RACES);
      backend.stats().committed(1);
    } catch (SQLException | ExecutionException e) {
      StatementRefusedException.unlessOutage(e);
      backend.stats().add(TrafficCount.RETRIED_TRANSACTIONS);
    }
  }

  private Connection open() throws SQLException {
    Connection connection = backend.addresses().connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private void remove(Connection connection, Race race) throws SQLException {
    execute(connection, backend.sql(race.remove()), race.remove());
  }

  private void execute(Connection connection, RowSql sql, Interaction row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.positional())) {
      sql.bind(statement, backend.values(row));
      statement.executeUpdate();
    }
  }

  /** False if the row is there already. */
  private boolean insert(Connection connection, Interaction row) throws SQLException {
    try {
      execute(connection, backend.sql().contending(row), row);
      return true;
    } catch (SQLException e) {
      if (!DUPLICATE_KEY.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  private static void awaitBlocked(Connection one, int pid, Future<?> waits)
      throws SQLException, InterruptedException {
    try (PreparedStatement blocked =
        one.prepareStatement("select cardinality(pg_blocking_pids(?)) > 0")) {
      blocked.setInt(1, pid);
      for (int look = 0; look < LOOKS && !waits.isDone(); look++) {
        try (ResultSet row = blocked.executeQuery()) {
          if (row.next() && row.getBoolean(1)) {
            return;
          }
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private void announce(Interaction row) {
    backend.announcements().announce(row, Instant.now());
  }

  @Override
  public void close() {
    second.shutdownNow();
  }
}
