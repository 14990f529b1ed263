package com.shareuptime.streams.proof.bench.feedcost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The costs as Markdown that is as readable on a terminal: a table, and what follows from it.
 *
 * @param inUse the threshold to compare with the cheapest
 */
record CostReport(FollowGraph graph, CostModel model, UnitCosts costs, int inUse, long seed) {
  private static final List<Integer> THRESHOLDS =
      List.of(100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, CostModel.NONE);
  private static final List<String> HEADER =
      List.of(
          "threshold",
          "pulled authors",
          "pushes/s",
          "saved",
          "a reader pulls, mean",
          "p50",
          "p99",
          "max",
          "timeline reads/s",
          "push, ms/s",
          "pull, ms/s",
          "both, ms/s",
          "longest post, ms",
          "p99 page, ms");

  String markdown() {
    return table() + "\n" + findings();
  }

  private String table() {
    double pushingAll = model.at(CostModel.NONE).pushesPerSecond();
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (int threshold : THRESHOLDS) {
      if (threshold == CostModel.NONE || threshold < model.mostActive()) {
        rows.add(row(model.at(threshold), pushingAll));
      }
    }
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
    String rule =
        IntStream.of(widths)
            .mapToObj(width -> "-".repeat(width + 1) + ":")
            .collect(Collectors.joining("|", "|", "|"));
    lines.add(1, rule);
    return String.join("\n", lines) + "\n";
  }

  private List<String> row(Cost cost, double pushingAll) {
    PulledAuthors pulled = PulledAuthors.of(graph, cost, seed);
    return List.of(
        cost.threshold() == CostModel.NONE ? "none" : whole(cost.threshold()),
        whole(cost.celebrities()),
        whole(cost.pushesPerSecond()),
        format("%.1f %%", 100 * (1 - cost.pushesPerSecond() / pushingAll)),
        format("%.1f", pulled.mean()),
        whole(pulled.p50()),
        whole(pulled.p99()),
        whole(pulled.max()),
        whole(cost.slicesPerSecond()),
        format("%.1f", cost.writeMicros() / 1e3),
        format("%.1f", cost.readMicros() / 1e3),
        format("%.1f", cost.totalMicros() / 1e3),
        format("%,.1f", cost.longestBurstMicros() / 1e3),
        format("%.2f", pulled.p99() * costs.slice() / 1e3));
  }

  private static String line(List<String> cells, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(i -> " ".repeat(widths[i] - cells.get(i).length()) + cells.get(i))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private String findings() {
    Cost cheapest = model.cheapest();
    Cost used = model.at(inUse);
    return format(
            "- A push costs %.2f µs, a slice of a timeline %.1f µs.%n", costs.push(), costs.slice())
        + format(
            "- At every threshold alike: %s timeline writes/s, and for %s pages/s the feed and the"
                + " pull set.%n",
            whole(model.postsPerSecond()), whole(model.pagesPerSecond()))
        + format(
            "- Break-even: an author is cheaper to push up to %.0f posts a day. The largest has %s"
                + " followers, posts %.1f a day.%n",
            model.breakEvenPosts(),
            whole(graph.mostFollowers()),
            model.postsPerDay(graph.mostFollowers()))
        + format(
            "- Cheapest: %s, %.1f ms/s.%s%s%n",
            cheapest.celebrities() == 0 ? "nobody is pulled" : "a threshold of " + about(cheapest),
            cheapest.totalMicros() / 1e3,
            range(1.1),
            range(2))
        + format(
            "- A threshold of %s costs %.1f ms/s, %.2f times the least.%n",
            whole(inUse), used.totalMicros() / 1e3, used.totalMicros() / cheapest.totalMicros());
  }

  /** Which thresholds cost at most so many times the least. */
  private String range(double factor) {
    List<Cost> within = model.within(factor);
    Cost last = within.get(within.size() - 1);
    return format(
        " At most %s times that: %s.",
        factor,
        "from " + about(within.get(0)) + (last.celebrities() == 0 ? " on" : " to " + about(last)));
  }

  /** Two digits, as the curve has no more. */
  private static String about(Cost cost) {
    double unit = Math.pow(10, Math.floor(Math.log10(cost.threshold())) - 1);
    return whole(Math.round(cost.threshold() / unit) * unit);
  }

  private static String whole(double number) {
    return format("%,.0f", number);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
