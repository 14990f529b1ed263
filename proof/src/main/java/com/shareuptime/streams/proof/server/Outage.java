package com.shareuptime.streams.proof.server;

import java.sql.SQLException;

/** Tells a server that went away, or that may take the statement next time, from a real refusal. */
public final class Outage {
  private Outage() {}

  /**
   * By the classes of SQLState of what the driver has thrown: connection, shutdown and crash,
   * resources, serialization; and a standby that is about to take over, which neither writes yet
   * nor tells where its log ends.
   */
  public static boolean isOne(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return e.getSQLState() != null
            && e.getSQLState().matches("08.*|57P.*|53.*|25006|55000|40001|40P01");
      }
    }
    return false;
  }

  /** What the driver has thrown: Jdbi's own message has the statement and all of its values. */
  public static Exception failure(Exception failure) {
    return failure.getCause() instanceof SQLException cause ? cause : failure;
  }
}
