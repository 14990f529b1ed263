package com.shareuptime.streams.cli.reconcile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.hole.FilledHole;
import com.shareuptime.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the command shows.
 *
 * @param canary null where none was sent ahead
 * @param note what an operator must know of the repairs; empty if nothing
 * @param holes rows that ingest could not hand on whole, as far as there is anything to tell of
 *     them
 * @param earlier what the same command has compared before, the oldest first: what it found before
 *     anything was repaired
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReconcileView(
    long run,
    double seconds,
    List<SurfaceResult> surfaces,
    List<ReconcileFinding> findings,
    Canary.Outcome canary,
    String note,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FilledHole> holes,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ReconcileView> earlier) {
  private static final List<String> HEAD =
      List.of(
          "SURFACE",
          "COMPARED",
          "WRONG",
          "MISSING",
          "EXTRA",
          "MOVING",
          "UNVERIFIED",
          "SOURCE",
          "VERIFIED UP TO");

  /** Of a long list these tell the story. */
  private static final int SHOWN = 20;

  @JsonIgnore
  boolean isRight() {
    return (canary == null || !canary.isBlind())
        && holes.stream().noneMatch(FilledHole::isOpen)
        && surfaces.stream().allMatch(one -> one.proven() == 0 && one.unverified() == 0);
  }

  @JsonIgnore
  boolean isRepaired() {
    return findings.stream().anyMatch(finding -> finding.repair() != null);
  }

  ReconcileView withNote(String more) {
    return new ReconcileView(run, seconds, surfaces, findings, canary, more, holes, earlier);
  }

  ReconcileView withFindings(List<ReconcileFinding> others) {
    return new ReconcileView(run, seconds, surfaces, others, canary, note, holes, earlier);
  }

  ReconcileView withCanary(Canary.Outcome outcome) {
    return new ReconcileView(run, seconds, surfaces, findings, outcome, note, holes, earlier);
  }

  ReconcileView withHoles(List<FilledHole> found) {
    return new ReconcileView(run, seconds, surfaces, findings, canary, note, found, earlier);
  }

  /** This as what was compared again after another. */
  ReconcileView after(ReconcileView before) {
    List<ReconcileView> all = new ArrayList<>(before.earlier);
    all.add(before.after(List.of()));
    return after(List.copyOf(all));
  }

  private ReconcileView after(List<ReconcileView> before) {
    return new ReconcileView(run, seconds, surfaces, findings, canary, note, holes, before);
  }

  String text() {
    List<String> parts = new ArrayList<>();
    parts.add("run %d, %.1f s".formatted(run, seconds));
    parts.add(Output.table(HEAD, surfaces.stream().map(ReconcileView::row).toList()));
    if (!findings.isEmpty()) {
      List<String> head = List.of("SURFACE", "KEY", "WHAT", "TABLES", "SURFACE HAS", "ASKED FOR");
      String more =
          findings.size() <= SHOWN
              ? ""
              : "%n… and %d more: select * from streams.reconcile_findings where run = %d"
                  .formatted(findings.size() - SHOWN, run);
      parts.add(
          Output.table(head, findings.stream().limit(SHOWN).map(ReconcileView::row).toList())
              + more);
    }
    if (!holes.isEmpty()) {
      parts.add(
          "Not whole in their topics (docs/operations.md, \"A row is too large\"):%n%s"
              .formatted(
                  Output.table(FilledHole.HEAD, holes.stream().map(FilledHole::row).toList())));
    }
    if (canary != null) {
      parts.add(canary.toString());
    }
    if (!note.isEmpty()) {
      parts.add(note);
    }
    return String.join(System.lineSeparator() + System.lineSeparator(), parts);
  }

  private static List<?> row(SurfaceResult result) {
    return List.of(
        result.surface(),
        "%,d".formatted(result.compared()),
        result.wrong(),
        result.missing(),
        result.extra(),
        result.moving(),
        result.unverified(),
        String.format(Locale.ROOT, "%.1f s", result.sourceMillis() / 1_000.0),
        result.verifiedLsn().isEmpty() ? "not yet" : result.verifiedLsn());
  }

  private static List<String> row(ReconcileFinding finding) {
    return List.of(
        finding.surface(),
        finding.key(),
        finding.kind(),
        "%.120s".formatted(finding.expected()),
        "%.120s".formatted(finding.found()),
        finding.repair() == null ? "" : finding.repair());
  }
}
