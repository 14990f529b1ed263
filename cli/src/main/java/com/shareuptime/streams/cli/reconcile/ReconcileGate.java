package com.shareuptime.streams.cli.reconcile;

import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.hole.HoleTable;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.time.Duration;
import java.util.List;

/** Stops what should not go on while read models are proven to be wrong. */
public final class ReconcileGate {
  /** Of many differences these are named. */
  private static final int NAMED = 3;

  private ReconcileGate() {}

  /**
   * Passes if no run has proven a difference that none has found to be gone since, runs see what is
   * wrong, and no surface lacks what was too large for its topic. Compares nothing.
   *
   * @param surfaces by their names or families of them; empty for all
   * @throws CommandException if there is such a difference, or might be unseen
   */
  public static void pass(Settings settings, List<String> surfaces) {
    List<String> meant = Surfaces.named(surfaces);
    Runs runs = new Runs(Database.sink(settings));
    runs.blindness().ifPresent(ReconcileGate::refuse);
    List<ReconcileFinding> open = runs.open(surfaces.isEmpty() ? List.of() : meant);
    if (!open.isEmpty()) {
      List<String> named =
          open.stream()
              .limit(NAMED)
              .map(f -> "%s of %s (%s)".formatted(f.key(), f.surface(), f.kind()))
              .toList();
      throw CommandException.wrong(
          "%d rows are proven to be wrong: %s%s."
              .formatted(
                  open.size(), String.join(", ", named), open.size() > NAMED ? " and more" : ""),
          "Repair them: ./streams reconcile --again --repair ask; then try again.");
    }
    List<Hole> holes =
        HoleTable.open(settings).stream().filter(hole -> hole.concerns(meant)).toList();
    if (!holes.isEmpty()) {
      throw CommandException.wrong(
          "%d rows were too large for their topics, and surfaces lack them: %s"
              .formatted(
                  holes.size(),
                  String.join(" | ", holes.stream().limit(NAMED).map(Hole::text).toList())),
          "Have them filled: %s; then try again.".formatted(holes.get(0).getRepair()));
    }
  }

  private static void refuse(Runs.Blindness blindness) {
    throw CommandException.wrong(
        "Run %d did not find what was corrupted on purpose, and no run has since (%s)."
            .formatted(blindness.run(), blindness.outcome()),
        "Find out why (docs/reconcile.md), then: ./streams reconcile --canary RANGE");
  }

  /**
   * Passes if all of each surface was verified lately.
   *
   * @param surfaces by their names or families of them; empty for all
   * @throws CommandException if one was not
   */
  static void requireVerified(Settings settings, List<String> surfaces, Duration within) {
    List<String> stale =
        new Runs(Database.sink(settings)).notVerified(Surfaces.named(surfaces), within);
    if (!stale.isEmpty()) {
      throw CommandException.wrong(
          "Not verified within %d minutes: %s."
              .formatted(within.toMinutes(), String.join(", ", stale)),
          "See why: ./streams reconcile --last; and run it: ./streams reconcile");
    }
  }
}
