package com.shareuptime.streams.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A product that writes all the time, in transactions over several tables and in both orders. */
final class ProductWriter implements AutoCloseable {
  private final TestDatabase database;
  private final List<String> statements;
  private final CompletableFuture<Void> writing;
  private volatile boolean isClosed;
  private volatile long rounds;

  /**
   * @param statements of one transaction; it is also written in the opposite order
   */
  ProductWriter(TestDatabase database, List<String> statements) {
    this.database = database;
    this.statements = statements;
    writing = CompletableFuture.runAsync(this::write);
  }

  private void write() {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!isClosed) {
        for (int i = 0; i < statements.size(); i++) {
          statement.execute(statements.get(rounds % 2 == 0 ? i : statements.size() - 1 - i));
        }
        connection.commit();
        rounds++;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a statement of the product failed", e);
    }
  }

  /** Transactions that were written. */
  long rounds() {
    return rounds;
  }

  /** Ends it, and fails if a statement has failed. */
  @Override
  public void close() {
    isClosed = true;
    writing.join();
  }
}
