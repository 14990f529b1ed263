package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.LazyHandle;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One connection to Postgres that comes back: work that fails because the server went away is done
 * again once it is there. Each work is a transaction, which it ends itself. Not thread-safe.
 */
final class Session implements AutoCloseable {
  private static final long RETRY_MILLIS = 200;

  @FunctionalInterface
  interface Work<T> {
    T apply(Handle handle) throws SQLException, InterruptedException;
  }

  private final LazyHandle connection;
  private final TrafficStats stats;

  Session(Addresses addresses, TrafficStats stats) {
    this.connection = new LazyHandle(addresses);
    this.stats = stats;
  }

  /**
   * Runs the work, again and again if the server goes away in it: the work itself must see to it
   * that a repeat does no harm.
   *
   * @throws StatementRefusedException if it fails for another reason
   */
  <T> T persist(Work<T> work) throws InterruptedException {
    while (true) {
      try {
        return work.apply(inTransaction(connection.get()));
      } catch (SQLException | JdbiException e) {
        close();
        StatementRefusedException.unlessOutage(e);
        stats.add(TrafficCount.RETRIED_TRANSACTIONS);
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private static Handle inTransaction(Handle handle) {
    return handle.isInTransaction() ? handle : handle.begin();
  }

  @Override
  public void close() {
    connection.close();
  }
}
