package com.shareuptime.streams.proof.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** All outcomes, one line a kind of fault. */
final class FaultTable {
  /**
   * What became of one kind.
   *
   * @param detection what showed it first, most often
   * @param medianDetection seconds; −1 if nothing showed it
   * @param medianRight seconds from the fault's end; of those that became right
   * @param notRight how often something was wrong, or a promise broken
   */
  record Row(
      String kind,
      int times,
      String detection,
      double medianDetection,
      double medianRight,
      double worstRight,
      String operator,
      long differences,
      long brokenPromises,
      long notRight) {}

  private FaultTable() {}

  static List<Row> rows(Collection<Outcome> outcomes) {
    Map<String, List<Outcome>> byKind =
        outcomes.stream()
            .collect(Collectors.groupingBy(Outcome::kind, TreeMap::new, Collectors.toList()));
    List<Row> rows = new ArrayList<>();
    byKind.forEach((kind, all) -> rows.add(row(kind, all)));
    return rows;
  }

  private static Row row(String kind, List<Outcome> all) {
    List<Outcome> seen = all.stream().filter(one -> !one.signals().isEmpty()).toList();
    List<Outcome> healed = all.stream().filter(one -> one.right() >= 0).toList();
    return new Row(
        kind,
        all.size(),
        mostFrequent(all, Outcome::detection),
        median(seen, one -> one.signals().get(0).seconds()),
        median(healed, Outcome::right),
        healed.stream().mapToDouble(Outcome::right).max().orElse(-1),
        mostFrequent(
            all, one -> one.operator().isEmpty() ? "none" : String.join("; ", one.operator())),
        all.stream().mapToLong(Outcome::differences).sum(),
        all.stream().mapToLong(Outcome::brokenPromises).sum(),
        all.stream().filter(one -> !one.isRight()).count());
  }

  private static String mostFrequent(List<Outcome> all, Function<Outcome, String> words) {
    return all.stream()
        .collect(Collectors.groupingBy(words, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private static double median(List<Outcome> some, ToDoubleFunction<Outcome> seconds) {
    List<Double> sorted =
        some.stream().map(seconds::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) / 2);
  }

  static String of(Collection<Outcome> outcomes) {
    StringBuilder out =
        new StringBuilder(
            "%-22s %5s %9s %9s %9s %6s %8s %5s  %-40s %s%n"
                .formatted(
                    "fault",
                    "times",
                    "seen",
                    "right",
                    "worst",
                    "differ",
                    "promises",
                    "bad",
                    "first shown by",
                    "operator"));
    for (Row row : rows(outcomes)) {
      out.append(
          "%-22s %5d %9s %9s %9s %6d %8d %5d  %-40s %s%n"
              .formatted(
                  row.kind(),
                  row.times(),
                  seconds(row.medianDetection()),
                  seconds(row.medianRight()),
                  seconds(row.worstRight()),
                  row.differences(),
                  row.brokenPromises(),
                  row.notRight(),
                  row.detection(),
                  row.operator()));
    }
    return out.toString();
  }

  private static String seconds(double time) {
    return time < 0 ? "–" : String.format(Locale.ROOT, "%.1f s", time);
  }
}
