package com.shareuptime.streams.model.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of a database at one time.
 *
 * @param streamsGenerated whether the stream carries generated columns, which no Postgres before 18
 *     does
 */
public record Catalog(List<CatalogTable> tables, boolean streamsGenerated) {
  private static final int SHORT_NAME = 3;

  public Catalog {
    tables = List.copyOf(tables);
  }

  public static Catalog of(CatalogTable... tables) {
    return new Catalog(List.of(tables), false);
  }

  public Optional<CatalogTable> find(String schema, String name) {
    return tables.stream()
        .filter(table -> table.schema().equals(schema) && table.name().equals(name))
        .findFirst();
  }

  /** The name that is most like one that does not exist, if any is like it. */
  public static Optional<String> nearest(String name, List<String> names) {
    Map<String, Integer> distances = new HashMap<>();
    String plain = plain(name);
    // two letters that changed places are two changes
    int most = name.length() <= SHORT_NAME ? 1 : Math.max(2, name.length() / 3);
    for (String candidate : names) {
      distances.put(candidate, distance(plain, plain(candidate)));
    }
    return distances.entrySet().stream()
        .filter(entry -> entry.getValue() <= most)
        .min(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != '_') {
        letters.append(Character.toLowerCase(name.charAt(i)));
      }
    }
    return letters.toString();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
