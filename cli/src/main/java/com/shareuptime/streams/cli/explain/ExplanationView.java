package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.shareuptime.streams.cli.Output;
import com.shareuptime.streams.cli.explain.Finding.Verdict;
import com.shareuptime.streams.local.check.Counts;
import com.shareuptime.streams.local.traffic.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * What the command shows.
 *
 * @param position all that the tables showed was committed at or before it
 * @param drift what was noted of events and rows that disagreed, newest first
 * @param repairs commands, where something is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplanationView(
    String target,
    String about,
    Counts tables,
    String position,
    List<Surface> surfaces,
    List<String> drift,
    List<String> repairs) {

  /**
   * @param writtenBy run and number of the write in it
   * @param why empty where it is right
   */
  record Surface(String name, Counts counts, String writtenBy, Verdict verdict, String why) {}

  static ExplanationView of(
      Target target, Truth truth, String position, List<Finding> findings, List<String> drift) {
    boolean isWrong = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.WRONG);
    String again =
        "./streams explain %s %d --refresh".formatted(target.type().label(), target.id());
    return new ExplanationView(
        target.key(),
        truth.about(),
        truth.counts(),
        position,
        findings.stream().map(ExplanationView::surface).toList(),
        drift,
        isWrong ? List.of(again) : List.of());
  }

  private static Surface surface(Finding finding) {
    Copy copy = finding.copy();
    return new Surface(
        copy.surface(), copy.counts(), copy.writtenBy(), finding.verdict(), finding.why());
  }

  @JsonIgnore
  boolean isWrong() {
    return surfaces.stream().anyMatch(surface -> surface.verdict == Verdict.WRONG);
  }

  @JsonIgnore
  boolean isAway() {
    return surfaces.stream().anyMatch(surface -> surface.verdict == Verdict.AWAY);
  }

  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("tables", tables, "", "as of " + position));
    surfaces.forEach(
        surface -> rows.add(row(surface.name, surface.counts, surface.writtenBy, judged(surface))));
    List<String> lines = new ArrayList<>();
    lines.add(about);
    lines.add("");
    lines.add(
        Output.table(
            List.of("WHERE", "LIKES", "COMMENTS", "SHARES", "RUN/WRITE", "VERDICT"), rows));
    add("Events and rows that disagreed, newest first:", drift, lines);
    add("To have the jobs write it again:", repairs, lines);
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> row(String where, Counts counts, String writtenBy, String verdict) {
    return counts == null
        ? List.of(where, "-", "-", "-", writtenBy, verdict)
        : List.of(
            where,
            Long.toString(counts.likes()),
            Long.toString(counts.comments()),
            Long.toString(counts.shares()),
            writtenBy,
            verdict);
  }

  private String judged(Surface surface) {
    return switch (surface.verdict) {
      case RIGHT -> "right";
      case WRONG -> "WRONG, and past what the tables showed: " + surface.why;
      case BEHIND -> "not yet past " + position + ": " + surface.why;
      case MOVING -> "the tables changed meanwhile, nothing is proven: " + surface.why;
      case LATE -> surface.why + "; wrong if so for longer than counters.max-staleness";
      case AWAY -> surface.why;
    };
  }

  private static void add(String title, List<String> more, List<String> lines) {
    if (!more.isEmpty()) {
      lines.add("");
      lines.add(title);
      more.forEach(line -> lines.add("  " + line));
    }
  }
}
