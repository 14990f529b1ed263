package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;

/** Two sessions that run races, one at a time. Not thread-safe. */
final class Rivals implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;
  private static final int LOOKS = 200;
  private static final String DUPLICATE_KEY = "23505";

  /** Without {@code on conflict}, which would wait before it logs the row. */
  private static final Map<Change, String> PLAIN_INSERT =
      Map.of(
          Change.LIKE,
          "insert into likes (target_type, target_id, user_id) values (?, ?, ?)",
          Change.FOLLOW,
          "insert into follows (follower_id, followee_id) values (?, ?)");

  private final Addresses addresses;
  private final Texts texts;
  private final Announcements announcements;
  private final TrafficStats stats;
  private final ExecutorService second = Executors.newSingleThreadExecutor();

  Rivals(Addresses addresses, Texts texts, Announcements announcements, TrafficStats stats) {
    this.addresses = addresses;
    this.texts = texts;
    this.announcements = announcements;
    this.stats = stats;
  }

  /** A server that goes away ends the race: what it has left behind is in the tables. */
  void run(Race race) throws SQLException, InterruptedException {
    try (Connection one = open();
        Connection two = open()) {
      if (!insert(one, race.add())) {
        return;
      }
      Future<Boolean> waits = second.submit(() -> insert(two, race.addAgain()));
      awaitBlocked(one, pid(two), waits);
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
      stats.add(Fault.RACES);
      stats.committed(1);
    } catch (SQLException e) {
      giveUp(e);
    } catch (ExecutionException e) {
      giveUp(e.getCause() instanceof SQLException sql ? sql : new SQLException(e.getCause()));
    }
  }

  private void giveUp(SQLException e) throws SQLException {
    if (!Outage.isOne(e)) {
      throw e;
    }
    stats.retried();
  }

  private Connection open() throws SQLException {
    Connection connection = addresses.connect();
    connection.setAutoCommit(false);
    return connection;
  }

  private void remove(Connection connection, Race race) throws SQLException {
    execute(connection, race.remove().change().sql(), race.remove());
  }

  private void execute(Connection connection, String sql, Interaction row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      row.change().bind(statement, row, texts);
      statement.executeUpdate();
    }
  }

  /** False if the row is there already. */
  private boolean insert(Connection connection, Interaction row) throws SQLException {
    try {
      execute(connection, PLAIN_INSERT.get(row.change()), row);
      return true;
    } catch (SQLException e) {
      if (!DUPLICATE_KEY.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }

  private void awaitBlocked(Connection one, int pid, Future<?> waits)
      throws SQLException, InterruptedException {
    for (int look = 0; look < LOOKS && !waits.isDone() && !isBlocked(one, pid); look++) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isBlocked(Connection connection, int pid) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select cardinality(pg_blocking_pids(" + pid + ")) > 0")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static int pid(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  private void announce(Interaction row) {
    announcements.announce(row, Instant.now());
  }

  @Override
  public void close() {
    second.shutdownNow();
  }
}
