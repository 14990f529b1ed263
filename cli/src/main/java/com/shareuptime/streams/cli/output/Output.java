package com.shareuptime.streams.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How reports look: aligned columns for people, JSON for programs. */
public final class Output {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .registerModule(CountsJson.module());

  private Output() {}

  public static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /** What head a column of each of these counters: {@code LIKES}. */
  public static List<String> heads(List<CountedView> counters) {
    return counters.stream().map(counter -> counter.name().toUpperCase(Locale.ROOT)).toList();
  }

  /** What is in these columns. */
  public static List<String> cells(Counts counts, List<CountedView> counters) {
    return counters.stream().map(counter -> Long.toString(counts.of(counter))).toList();
  }

  /** Those before, these, and those after, in one row. */
  public static List<String> row(List<String> before, List<String> counts, List<String> after) {
    return Stream.of(before, counts, after).flatMap(List::stream).toList();
  }

  /** Columns as wide as their widest cell, two spaces between them, no trailing spaces. */
  public static String table(List<String> head, List<? extends List<?>> rows) {
    List<List<String>> all = new ArrayList<>(List.of(head));
    rows.forEach(row -> all.add(row.stream().map(String::valueOf).toList()));
    int[] widths =
        IntStream.range(0, head.size())
            .map(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return all.stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - row.get(i).length()))
                    .collect(Collectors.joining("  "))
                    .stripTrailing())
        .collect(Collectors.joining(System.lineSeparator()))
        .stripTrailing();
  }
}
