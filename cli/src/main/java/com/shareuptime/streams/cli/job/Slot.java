package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The replication slot of ingest, as far as an operator deals with it. */
public final class Slot {
  /** Postgres notices only after a moment that a cancelled job no longer reads. */
  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(15);

  private final Connection source;
  private final String name;

  public Slot(Connection source, String name) {
    this.source = source;
    this.name = name;
  }

  private enum State {
    ABSENT,
    IDLE,
    IN_USE
  }

  /** Drops it, so that ingest makes a new one and a new snapshot; true if there was one. */
  public boolean drop() throws SQLException {
    State state =
        Await.answer(
            RELEASE_PATIENCE,
            () -> Optional.of(state()).filter(now -> now != State.IN_USE),
            () ->
                CommandException.wrong(
                    "The replication slot '" + name + "' is in use.",
                    "End what reads it first (./streams cancel ingest); its reader is the active_pid in"
                        + " pg_replication_slots."));
    if (state == State.ABSENT) {
      return false;
    }
    try (PreparedStatement drop = source.prepareStatement("select pg_drop_replication_slot(?)")) {
      drop.setString(1, name);
      drop.execute();
      return true;
    }
  }

  private State state() {
    try (PreparedStatement find =
        source.prepareStatement("select active from pg_replication_slots where slot_name = ?")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next()) {
          return State.ABSENT;
        }
        return row.getBoolean(1) ? State.IN_USE : State.IDLE;
      }
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "Cannot ask Postgres for the slot '" + name + "': " + e.getMessage(),
          "Check that the source user may read pg_replication_slots.",
          e);
    }
  }
}
