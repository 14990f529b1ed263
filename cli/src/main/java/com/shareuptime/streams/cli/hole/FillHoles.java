package com.shareuptime.streams.cli.hole;

import com.shareuptime.streams.cli.hole.FilledHole.State;
import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.server.Commits;
import com.shareuptime.streams.cli.server.ControlTopic;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Has documents filled from the tables that lack what ingest could not hand on.
 *
 * <p>The row that was read is that of the change with the hole if the surfaces have passed the
 * moment at which it was read, and the hole is still the same then: ingest tells a later one before
 * they pass it. The job search takes the row as that change, so that it has no effect once a later
 * one is known, and shows nothing that was written afterwards beside a visibility of before.
 */
public final class FillHoles {
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Settings settings;
  private final HoleTable table;
  private final Commits commits;
  private final Duration patience;

  /**
   * @param patience for surfaces to pass what the tables show, and to show what they were told
   */
  public FillHoles(Settings settings, Duration patience) {
    Database source = Database.source(settings);
    this.settings = settings;
    this.table = new HoleTable(source);
    this.commits = new Commits(source, Database.sink(settings));
    this.patience = patience;
  }

  /** All holes, also of what no surface shows. */
  public List<Hole> holes() {
    return table.all();
  }

  /**
   * Looks at a hole.
   *
   * @param fill whether it is to be filled, where surfaces lack something
   * @return empty if there is none any more
   */
  public Optional<FilledHole> of(Hole found, boolean fill) {
    Hole hole = found;
    for (int attempt = 1; ; attempt++) {
      Optional<FilledHole> outcome = attempt(hole, fill);
      if (outcome.isPresent()) {
        return outcome;
      }
      List<Hole> now = table.of(hole.table(), hole.key());
      if (now.isEmpty()) {
        return Optional.empty();
      }
      hole = now.get(0);
      if (attempt == ATTEMPTS) {
        return open(hole, "the row changed during every attempt");
      }
    }
  }

  /** Empty if the row has changed meanwhile. */
  private Optional<FilledHole> attempt(Hole hole, boolean fill) {
    if (!hole.isFillable()) {
      return open(hole, hole.getRepair());
    }
    if (hole.getSurfaces().isEmpty()) {
      return right(hole, fill, State.RIGHT, "no surface shows that");
    }
    Optional<OpenSearch> openSearch = OpenSearch.of(settings);
    if (openSearch.isEmpty()) {
      return open(hole, "no OpenSearch is set");
    }
    Optional<TableRow> row = TableRow.read(table.source(), hole);
    String position = commits.position();
    for (String surface : hole.getSurfaces()) {
      if (!commits.awaitSurface(surface, position, patience)) {
        return open(hole, surface + " has not passed what the table shows");
      }
    }
    List<Hole> now = table.of(hole.table(), hole.key());
    if (row.isEmpty() || now.isEmpty() || !now.get(0).version().equals(hole.version())) {
      return Optional.empty();
    }
    return compare(hole, row.get(), new ShownRows(openSearch.get(), commits.sink()), fill);
  }

  private Optional<FilledHole> compare(Hole hole, TableRow row, ShownRows shown, boolean fill) {
    String how =
        row.isCut() ? "with the beginning of the text; a surface shows no more of it" : "whole";
    // of an author without documents these show nothing, and those to come would lack it
    boolean isToBeTold = fill && hole.isOpen() && hole.table().equals("users");
    if (!isToBeTold && shown.show(hole, row)) {
      return right(hole, fill, State.RIGHT, how);
    }
    if (!fill) {
      table.filled(hole, false); // it may have been, before the job began anew
      return open(hole, hole.getRepair());
    }
    new ControlTopic(settings).send(List.of(row.message(hole)));
    return Await.until(patience, PAUSE, () -> shown.show(hole, row))
        ? right(hole, true, State.FILLED, how)
        : open(hole, "the search job got the row, and does not show it yet");
  }

  private Optional<FilledHole> right(Hole hole, boolean note, State state, String why) {
    if (note) {
      table.filled(hole, true);
    }
    return Optional.of(new FilledHole(hole, state, why));
  }

  private static Optional<FilledHole> open(Hole hole, String why) {
    return Optional.of(new FilledHole(hole, State.OPEN, why));
  }
}
