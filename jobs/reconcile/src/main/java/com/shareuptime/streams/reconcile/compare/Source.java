package com.shareuptime.streams.reconcile.compare;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.reconcile.plan.SourcePosition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The product's database, read in short snapshots, at most for a given share of the time: after
 * each reading it is left alone for as long as that takes.
 */
final class Source implements AutoCloseable {
  private static final int STATEMENT_SECONDS = 60;

  private final PostgresAddress address;
  private final double load;

  private Connection connection;

  /**
   * @param load share of the time that this connection may keep the source busy, above 0, at most 1
   */
  Source(PostgresAddress address, double load) {
    this.address = address;
    this.load = load;
  }

  /** A question to one snapshot of the tables. */
  @FunctionalInterface
  interface Question<T> {
    Map<Id, T> ask(Connection snapshot) throws SQLException;
  }

  /**
   * What the tables said.
   *
   * @param before all that was committed up to it is in the rows: what may be said of them
   * @param moment after the snapshot was taken, so that all that it shows was committed before:
   *     what others must have passed to be judged by it
   * @param millis that the source was busy
   */
  record Answer<T>(Map<Id, T> rows, Moment before, Moment moment, long millis) {}

  /** Asks; no snapshot is held longer than the question takes, so that vacuum can go on. */
  <T> Answer<T> read(Question<T> question) throws SQLException, InterruptedException {
    long began = System.nanoTime();
    Answer<T> answer = answer(question, began);
    long pause = Math.round(answer.millis * (1 / load - 1));
    if (pause > 0) {
      Thread.sleep(pause);
    }
    return answer;
  }

  private <T> Answer<T> answer(Question<T> question, long began) throws SQLException {
    try {
      Connection open = connect();
      Moment before = before(open);
      Map<Id, T> rows = question.ask(open);
      Moment moment = moment(open);
      open.commit();
      return new Answer<>(rows, before, moment, (System.nanoTime() - began) / 1_000_000);
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  private Connection connect() throws SQLException {
    if (connection == null) {
      connection = address.connect();
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set statement_timeout = '" + STATEMENT_SECONDS + "s'");
        statement.execute("set jit = off"); // compiling takes longer than these queries
      }
      connection.commit();
      connection.setClientInfo("ApplicationName", "shareuptime-streams reconcile");
    }
    return connection;
  }

  /** In a transaction of its own: its first query takes a snapshot, and this one would be it. */
  private static Moment before(Connection idle) throws SQLException {
    long micros = micros(idle);
    long lsn = SourcePosition.before(idle);
    idle.commit();
    return new Moment(lsn, micros);
  }

  /** The position moves on also under a snapshot: it is no part of it. */
  private static Moment moment(Connection snapshot) throws SQLException {
    return new Moment(WalPosition.read(snapshot).position(), micros(snapshot));
  }

  private static long micros(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (extract(epoch from clock_timestamp()) * 1000000)::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // what it was asked is lost already
      }
      connection = null;
    }
  }
}
