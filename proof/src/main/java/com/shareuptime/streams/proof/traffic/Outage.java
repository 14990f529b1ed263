package com.shareuptime.streams.proof.traffic;

import java.sql.SQLException;

/** Tells a server that went away, or that may take the statement next time, from a real refusal. */
public final class Outage {
  private Outage() {}

  /**
   * By the classes of SQLState: connection, shutdown and crash, resources, serialization; and a
   * standby that is about to take over, which neither writes yet nor tells where its log ends.
   */
  public static boolean isOne(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53")
        || state.equals("25006")
        || state.equals("55000")
        || state.equals("40001")
        || state.equals("40P01");
  }
}
