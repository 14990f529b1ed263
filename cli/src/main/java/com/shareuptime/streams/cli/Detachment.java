package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.job.Slot;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.sql.SourceRemoval;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes away from the product's database what migrate and ingest have added. Safe to repeat. */
public final class Detachment {
  private final Database source;
  private final Slot slot;

  public Detachment(Settings settings) {
    this.source = Database.source(settings);
    this.slot = new Slot(source, settings.slot());
  }

  /**
   * What would be done.
   *
   * @param changes SQL in its order; none if all is done
   * @param left SQL for what somebody has made at our advice, and may want to keep
   */
  public record Plan(List<String> changes, List<String> left) {
    public Plan {
      changes = List.copyOf(changes);
      left = List.copyOf(left);
    }
  }

  /**
   * Changes nothing.
   *
   * @throws CommandException if something of others would go too
   */
  public Plan plan() {
    List<String> changes = new ArrayList<>();
    if (slot.exists()) {
      changes.add("select pg_drop_replication_slot('" + slot.name() + "')");
    }
    SourceRemoval removal =
        source.ask(handle -> SourceRemoval.plan(handle.getConnection()), this::unanswered);
    changes.addAll(removal.statements());
    return new Plan(changes, removal.left());
  }

  /**
   * Does it. Ingest must have ended before.
   *
   * @throws CommandException if it could not be done to its end
   */
  public void apply() {
    boolean unused = slot.drop();
    try (Connection connection = source.connect()) {
      SourceRemoval.plan(connection).apply(connection);
    } catch (SQLException e) {
      throw CommandException.unreachable(
          "Not all was taken away from " + source + ": " + e.getMessage(),
          "Mend it, or wait until the product's long transactions end; then run the same again: it goes on from there.",
          e);
    }
  }

  private CommandException unanswered(SQLException e) {
    return CommandException.unreachable(
        "Cannot ask " + source + " what it has of ours: " + e.getMessage(),
        "Give the user that has migrated.",
        e);
  }
}
