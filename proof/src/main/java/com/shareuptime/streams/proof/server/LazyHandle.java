package com.shareuptime.streams.proof.server;

import com.shareuptime.streams.local.Addresses;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A connection that is opened when it is needed, and again after it was closed. Not thread-safe.
 */
public final class LazyHandle implements AutoCloseable {
  private final Jdbi database;
  private Handle handle;

  public LazyHandle(Addresses addresses) {
    this.database = ProductDatabase.at(addresses);
  }

  public Handle get() {
    if (handle == null) {
      handle = database.open();
    }
    return handle;
  }

  @Override
  public void close() {
    if (handle != null) {
      try {
        handle.close();
      } catch (JdbiException e) {
        // it is dead already, which is often why it is closed
      }
      handle = null;
    }
  }
}
