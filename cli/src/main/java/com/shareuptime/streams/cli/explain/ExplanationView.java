package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.explain.CopyFinding.Verdict;
import com.shareuptime.streams.cli.hole.Hole;
import com.shareuptime.streams.cli.output.Answer;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Sections;
import com.shareuptime.streams.cli.output.ShellWord;
import com.shareuptime.streams.cli.server.SurfaceLag;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the command shows.
 *
 * @param tables the counts as they must be
 * @param rows that make them
 * @param position all that the tables showed was committed at or before it
 * @param holes what its topic, or that of its author, lacks
 * @param recent what the newest records of Kafka say
 * @param drift what was noted of events and rows that disagreed, and by reconcile, newest first
 * @param repairs commands, where something is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplanationView(
    String target,
    String about,
    Counts tables,
    RowCounts rows,
    String position,
    List<Surface> surfaces,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Hole> holes,
    Recent recent,
    List<String> drift,
    List<String> repairs)
    implements Answer {

  /**
   * @param writtenBy run and number of the write in it
   * @param why empty where it is right
   * @param progress how far it is; null if it never told
   */
  record Surface(
      String name,
      Counts counts,
      String writtenBy,
      Verdict verdict,
      String why,
      SurfaceLag progress) {
    static Surface of(CopyFinding finding, Optional<SurfaceLag> progress) {
      ServedCopy copy = finding.copy();
      return new Surface(
          copy.surface(),
          copy.counts(),
          copy.writtenBy(),
          finding.verdict(),
          finding.why(),
          progress.orElse(null));
    }
  }

  static ExplanationView of(
      Target target,
      TargetTruth truth,
      String position,
      List<Surface> surfaces,
      List<Hole> holes,
      Recent recent,
      List<String> drift) {
    List<String> wrong =
        surfaces.stream()
            .filter(surface -> surface.verdict == Verdict.WRONG)
            .map(Surface::name)
            .toList();
    return new ExplanationView(
        target.key(),
        truth.about(),
        truth.counts(),
        truth.rows(),
        position,
        surfaces,
        holes,
        recent,
        drift,
        repairs(target, wrong, holes));
  }

  /** Writing again what a job knows is of no use where that is not all. */
  private static List<String> repairs(Target target, List<String> wrong, List<Hole> holes) {
    List<String> repairs = new ArrayList<>();
    holes.stream()
        .filter(hole -> hole.isOpen() || hole.concerns(wrong))
        .map(Hole::getRepair)
        .distinct()
        .forEach(repairs::add);
    boolean isOtherwiseWrong =
        wrong.stream()
            .anyMatch(surface -> holes.stream().noneMatch(h -> h.concerns(List.of(surface))));
    if (isOtherwiseWrong) {
      repairs.add(
          "./streams explain %s %s --refresh"
              .formatted(target.type().label(), ShellWord.of(target.id())));
    }
    return repairs;
  }

  @Override
  public boolean isWrong() {
    return surfaces.stream().anyMatch(surface -> surface.verdict == Verdict.WRONG);
  }

  @Override
  public boolean isAway() {
    return surfaces.stream().anyMatch(surface -> surface.verdict == Verdict.AWAY);
  }

  @Override
  public String text() {
    List<List<String>> counts = new ArrayList<>();
    counts.add(row("tables", tables, "", "as of " + position));
    surfaces.forEach(
        surface ->
            counts.add(row(surface.name, surface.counts, surface.writtenBy, judged(surface))));
    Sections text =
        new Sections()
            .text(about)
            .text("")
            .text(
                Output.table(
                    Output.row(
                        List.of("WHERE"),
                        Output.heads(rows.counters()),
                        List.of("RUN/WRITE", "VERDICT")),
                    counts))
            .list("Rows of the tables:", List.of(rows.text()))
            .list(
                "How far the surfaces are, seen from %s:".formatted(position),
                surfaces.stream().map(ExplanationView::progress).toList());
    text.list("Not whole in its topic:", holes.stream().map(Hole::text).toList());
    recent.addTo(text);
    return text.list("Corrections of it, newest first:", drift)
        .list("To repair it:", repairs)
        .toString();
  }

  private static String progress(Surface surface) {
    return surface.name
        + ": "
        + (surface.progress == null ? "has never told" : surface.progress.text());
  }

  private List<String> row(String where, Counts counts, String writtenBy, String verdict) {
    List<String> shown =
        counts == null
            ? Collections.nCopies(rows.counters().size(), "-")
            : Output.cells(counts, rows.counters());
    return Output.row(List.of(where), shown, List.of(writtenBy, verdict));
  }

  private String judged(Surface surface) {
    return switch (surface.verdict) {
      case RIGHT -> "right";
      case WRONG -> "WRONG, and past what the tables showed: " + surface.why;
      case BEHIND -> "not yet past " + position + ": " + surface.why;
      case WAITING ->
          surface.why + ": by no more than events that may wait for their rows, see below";
      case MOVING -> "the tables changed meanwhile, nothing is proven: " + surface.why;
      case LATE -> surface.why + "; wrong if so for longer than counters.max-staleness";
      case AWAY -> surface.why;
    };
  }
}
