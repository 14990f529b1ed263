package com.shareuptime.streams.ingest.interleaving;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session of Postgres with a thread of its own, so that a statement of it may wait. */
final class Session implements AutoCloseable {
  /** Most statements are answered by then; only for the others the server is asked. */
  private static final long USUAL_MICROS = 400;

  /** What becomes of a transaction. */
  enum Phase {
    IDLE,
    OPEN,
    /** A statement has failed: only a rollback is possible. */
    FAILED
  }

  private final String name;
  private final Connection connection;
  private final int pid;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "session");
            made.setDaemon(true);
            return made;
          });

  private Future<String> pending;
  private boolean ends;
  private Phase phase = Phase.IDLE;
  private int savepoints;

  Session(String name, Connection connection) throws SQLException {
    this.name = name;
    this.connection = connection;
    try (Statement statement = connection.createStatement()) {
      statement.execute("set deadlock_timeout = '5ms'; set synchronous_commit = off");
      try (ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
        row.next();
        pid = row.getInt(1);
      }
    }
  }

  int pid() {
    return pid;
  }

  Phase phase() {
    return phase;
  }

  int savepoints() {
    return savepoints;
  }

  boolean isBusy() {
    return pending != null;
  }

  /** Starts a statement of a transaction, which it opens if there is none. */
  void change(String sql) {
    submit(phase == Phase.IDLE ? "begin; " + sql : sql, false);
  }

  void savepoint() {
    savepoints++;
    change("savepoint s" + savepoints);
  }

  void rollbackTo(int savepoint) {
    savepoints = savepoint;
    submit("rollback to savepoint s" + savepoint, false);
  }

  void commit() {
    submit("commit", true);
  }

  void rollback() {
    submit("rollback", true);
  }

  private void submit(String sql, boolean end) {
    ends = end;
    pending = thread.submit(() -> run(sql));
  }

  /** Runs a statement; the answer is the SQLSTATE of an error, else nothing. */
  private String run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "";
    } catch (SQLException e) {
      if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
        throw e;
      }
      return e.getSQLState();
    }
  }

  /**
   * Takes the answer if it is there soon.
   *
   * @return the SQLSTATE of an error, nothing for success, null while there is none
   */
  String poll() throws InterruptedException, SQLException {
    try {
      String answer = pending.get(USUAL_MICROS, TimeUnit.MICROSECONDS);
      pending = null;
      if (ends) {
        phase = Phase.IDLE;
        savepoints = 0;
      } else {
        phase = answer.isEmpty() ? Phase.OPEN : Phase.FAILED;
      }
      return answer;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new SQLException("session " + name + " is broken", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    thread.shutdownNow();
    connection.close();
  }

  @Override
  public String toString() {
    return name;
  }
}
