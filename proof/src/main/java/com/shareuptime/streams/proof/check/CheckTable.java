package com.shareuptime.streams.proof.check;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as people read it. */
public final class CheckTable {
  private CheckTable() {}

  public static String of(CheckReport report) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%-20s %9s %7s %8s %6s %9s %11s %11s",
        "surface",
        "compared",
        "wrong",
        "missing",
        "extra",
        "disorder",
        "fresh p50",
        "fresh p99");
    for (CheckReport.SurfaceResult surface : report.surfaces()) {
      line(
          out,
          "%-20s %,9d %,7d %,8d %,6d %,9d %11s %11s",
          surface.surface(),
          surface.compared(),
          surface.wrong(),
          surface.missing(),
          surface.extra(),
          surface.outOfOrder(),
          millis(surface.freshnessP50()),
          millis(surface.freshnessP99()));
    }
    out.append('\n');
    for (CheckReport.SurfaceResult surface : report.surfaces()) {
      line(
          out,
          "reader of %s: %,d reads, %s",
          surface.surface(),
          surface.reads(),
          violations(surface.violations()));
    }
    ownWrites(out, report.ownWrites());
    if (report.feeds() != null) {
      feeds(out, report.feeds());
    }
    deadLetters(out, report.deadLetters());
    traffic(out, report.traffic());
    if (!report.settled()) {
      line(out, "NOT SETTLED: a surface's progress has not passed the last commit in time");
    }
    report.surfaces().stream()
        .flatMap(surface -> surface.examples().stream())
        .forEach(example -> line(out, "  %s", example));
    line(out, report.isRight() ? "all right" : "NOT RIGHT");
    return out.toString();
  }

  private static void ownWrites(StringBuilder out, CheckReport.OwnWriteResult own) {
    line(
        out,
        "own writes: %,d of %,d read back, %d stale, %d timed out; wait p50/p99: redis %s/%s,"
            + " postgres %s/%s",
        own.done(),
        own.wanted(),
        own.staleReads(),
        own.timeouts(),
        millis(own.redisP50()),
        millis(own.redisP99()),
        millis(own.postgresP50()),
        millis(own.postgresP99()));
  }

  private static void feeds(StringBuilder out, CheckReport.FeedResult feeds) {
    line(
        out,
        "feeds: %,d of %,d users had one; pages from %s; watched %,d pages, of %,d nothing had"
            + " changed (%,d from Redis)",
        feeds.usersWithFeed(),
        feeds.users(),
        feeds.pages(),
        feeds.watched(),
        feeds.judged(),
        feeds.judgedFromRedis());
    line(
        out,
        "own posts: %,d of %,d read back (%,d from SQL alone), %d timed out",
        feeds.ownPosts(),
        feeds.ownPostsWanted(),
        feeds.ownPostsFromSql(),
        feeds.timeouts());
  }

  private static void deadLetters(StringBuilder out, DeadLetterAudit letters) {
    line(
        out,
        "dead letters: %,d bad events sent, %d missing, %d unexpected; %s",
        letters.sent(),
        letters.missing(),
        letters.unexpected(),
        letters.byReason());
    letters
        .byKind()
        .forEach(
            (kind, tally) -> {
              if (tally.found() < tally.sent()) {
                line(out, "  %s: %d of %d found", kind, tally.found(), tally.sent());
              }
            });
  }

  private static void traffic(StringBuilder out, CheckReport.TrafficResult traffic) {
    line(
        out,
        "traffic: %,d interactions, %,d rows, %,d events in %.0f s (%,.0f/s); %d transactions and"
            + " %d events retried; %,d unfollows, %,d returns, celebrities: %,d more and %,d fewer;"
            + " revisions %s; faults %s",
        traffic.interactions(),
        traffic.rows(),
        traffic.events(),
        traffic.seconds(),
        traffic.interactions() / Math.max(0.001, traffic.seconds()),
        traffic.retriedTransactions(),
        traffic.resentEvents(),
        traffic.unfollows(),
        traffic.returns(),
        traffic.celebrityCrossings().upwards(),
        traffic.celebrityCrossings().downwards(),
        traffic.revisions(),
        traffic.faults());
  }

  private static String violations(Map<Violation, Long> violations) {
    if (violations.isEmpty()) {
      return "no step back, no broken promise, nothing early, nothing hidden";
    }
    return violations.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " × " + entry.getKey().meaning())
        .collect(Collectors.joining(", "));
  }

  private static String millis(double value) {
    return value < 0 ? "–" : String.format(Locale.ROOT, "%,.0f ms", value);
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
