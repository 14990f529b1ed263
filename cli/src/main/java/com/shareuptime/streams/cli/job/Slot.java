package com.shareuptime.streams.cli.job;

import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.util.Optional;

/** The replication slot of ingest, as far as an operator deals with it. */
public record Slot(Database source, String name) {
  /** Postgres notices only after a moment that a cancelled job no longer reads. */
  private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(15);

  private enum State {
    ABSENT,
    IDLE,
    IN_USE
  }

  public boolean exists() {
    return state() != State.ABSENT;
  }

  /** Drops it, so that ingest makes a new one and a new snapshot; true if there was one. */
  public boolean drop() {
    State state =
        Await.answer(
            RELEASE_PATIENCE,
            () -> Optional.of(state()).filter(now -> now != State.IN_USE),
            () ->
                CommandException.wrong(
                    "The replication slot '" + name + "' is in use.",
                    "End what reads it first (./streams cancel ingest); its reader is the"
                        + " active_pid in pg_replication_slots."));
    if (state == State.IDLE) {
      source.ask(
          handle -> handle.execute("select pg_drop_replication_slot(?)", name),
          e ->
              CommandException.wrong(
                  "Cannot drop ingest's replication slot on " + source + ": " + e.getMessage(),
                  "Drop it by hand: select pg_drop_replication_slot('" + name + "');"));
    }
    return state == State.IDLE;
  }

  private State state() {
    return source.ask(
        handle ->
            handle
                .select("select active from pg_replication_slots where slot_name = ?", name)
                .mapTo(boolean.class)
                .findOne()
                .map(active -> active ? State.IN_USE : State.IDLE)
                .orElse(State.ABSENT),
        e ->
            CommandException.unreachable(
                "Cannot ask Postgres for the slot '" + name + "': " + e.getMessage(),
                "Check that the source user may read pg_replication_slots.",
                e));
  }
}
