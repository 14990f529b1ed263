package com.shareuptime.streams.proof.bench.relevance;

import com.shareuptime.streams.cli.output.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** nDCG@10 of one or more rankers, query by query. */
final class Scores {
  static final int DEPTH = 10;

  private final JudgedSet set;
  private final Map<String, List<Double>> scores = new LinkedHashMap<>();

  Scores(JudgedSet set) {
    this.set = set;
  }

  /** Asks a ranker every query. */
  void add(Ranker ranker) {
    scores.put(
        ranker.name(),
        set.queries().stream()
            .map(query -> Ndcg.of(ranker.rank(query.text(), DEPTH), query.relevant(), DEPTH))
            .toList());
  }

  /** The mean over all queries. */
  double mean(String ranker) {
    return mean(scores.get(ranker));
  }

  /** The means over the queries of each group. */
  Map<String, Double> byGroup(String ranker) {
    Map<String, List<Double>> groups = new LinkedHashMap<>();
    for (int i = 0; i < set.queries().size(); i++) {
      groups
          .computeIfAbsent(set.queries().get(i).group(), group -> new ArrayList<>())
          .add(scores.get(ranker).get(i));
    }
    return groups.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                group -> mean(group.getValue()),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** A row for each group of queries, a column for each ranker. */
  String table() {
    List<String> head = new ArrayList<>(List.of("GROUP", "QUERIES"));
    head.addAll(scores.keySet());
    List<List<String>> rows = new ArrayList<>();
    Map<String, Long> sizes =
        set.queries().stream()
            .collect(Collectors.groupingBy(JudgedSet.Query::group, Collectors.counting()));
    for (String group : byGroup(scores.keySet().iterator().next()).keySet()) {
      List<String> row = new ArrayList<>(List.of(group, sizes.get(group).toString()));
      scores.keySet().forEach(ranker -> row.add(spelled(byGroup(ranker).get(group))));
      rows.add(row);
    }
    List<String> all = new ArrayList<>(List.of("all", Integer.toString(set.queries().size())));
    scores.keySet().forEach(ranker -> all.add(spelled(mean(ranker))));
    rows.add(all);
    return Output.table(head, rows);
  }

  /** A row for each query. */
  String queries() {
    List<String> head = new ArrayList<>(List.of("GROUP", "QUERY"));
    head.addAll(scores.keySet());
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < set.queries().size(); i++) {
      JudgedSet.Query query = set.queries().get(i);
      List<String> row = new ArrayList<>(List.of(query.group(), query.text()));
      for (List<Double> of : scores.values()) {
        row.add(spelled(of.get(i)));
      }
      rows.add(row);
    }
    return Output.table(head, rows);
  }

  private static String spelled(double score) {
    return String.format(Locale.ROOT, "%.3f", score);
  }
}
