package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.proof.console.LiveStatus.Row;
import com.shareuptime.streams.proof.console.LiveStatus.SurfaceLag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The live view of a terminal of 80 columns or more; colours are ANSI's. */
public final class TerminalView {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  /** Moves to the top left and clears what is left of the screen before. */
  public static final String HOME = "\u001b[H\u001b[J";

  private static final String COUNTERS =
      CountedView.CANONICAL.stream().map(CountedView::name).collect(Collectors.joining(" / "));

  private static final long LAG_TO_NOTE_MS = 5_000;

  private TerminalView() {}

  public static String render(LiveStatus status) {
    StringBuilder out = new StringBuilder();
    line(out, BOLD + "ShareUptime Streams" + PLAIN + DIM + "   Ctrl-C stops everything" + PLAIN);
    out.append('\n');
    line(
        out,
        "traffic   %,8.0f events/s  %,8.0f rows/s   %s%,d events, %,d rows, %,d retried%s",
        status.rates().eventsPerSecond(),
        status.rates().rowsPerSecond(),
        DIM,
        status.rates().events(),
        status.rates().rows(),
        status.rates().retried(),
        PLAIN);
    if (status.surfaces().isEmpty()) {
      line(out, "lag       %sstarting%s  the jobs read what is there already", YELLOW, PLAIN);
    }
    status.surfaces().forEach(surface -> lag(out, surface));
    if (!status.away().isEmpty()) {
      line(out, RED + "away      %s" + PLAIN, String.join(", ", status.away()));
    }
    out.append('\n');
    line(out, "most liked, %s", COUNTERS);
    String target = "%-" + targetWidth(status.top()) + "s";
    line(out, BOLD + target + " %23s %23s %23s" + PLAIN, "", "truth (SQL)", "Postgres", "Redis");
    status.top().forEach(row -> row(out, target, row));
    out.append('\n');
    deadLetters(out, status.deadLetters());
    status.urls().forEach((name, url) -> line(out, "%-9s %s", name, url));
    return out.toString();
  }

  private static void lag(StringBuilder out, SurfaceLag surface) {
    boolean slow = surface.lagMillis() < 0 || surface.lagMillis() > LAG_TO_NOTE_MS;
    line(
        out,
        "lag       %s%8s%s  %-20s %s%s%s",
        slow ? YELLOW : GREEN,
        surface.lagMillis() < 0 ? "starting" : surface.lagMillis() + " ms",
        PLAIN,
        surface.surface(),
        DIM,
        surface.visibleLsn(),
        PLAIN);
  }

  /** UUIDs need more than numbers. */
  private static int targetWidth(List<Row> rows) {
    return rows.stream().mapToInt(row -> row.target().length()).reduce(13, Math::max);
  }

  private static void row(StringBuilder out, String target, Row row) {
    line(
        out,
        target + " %23s %s %s",
        row.target(),
        cell(row.truth()),
        compared(row.truth(), row.postgres()),
        compared(row.truth(), row.redis()));
  }

  /** Green if equal; under traffic a surface differs by what has not arrived yet. */
  private static String compared(Counts truth, Counts served) {
    String colour = truth.equals(served) ? GREEN : YELLOW;
    return colour + "%23s".formatted(served == null ? "–" : cell(served)) + PLAIN;
  }

  private static String cell(Counts counts) {
    return CountedView.CANONICAL.stream()
        .map(kind -> String.format(Locale.ROOT, "%,d", counts.of(kind)))
        .collect(Collectors.joining(" / "));
  }

  private static void deadLetters(StringBuilder out, Map<String, Long> reasons) {
    if (reasons.isEmpty()) {
      line(out, "dead letters  none");
    } else {
      line(out, "dead letters  %s", new TreeMap<>(reasons));
    }
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
