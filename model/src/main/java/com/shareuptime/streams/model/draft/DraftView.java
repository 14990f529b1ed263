package com.shareuptime.streams.model.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A view of a draft: selects that are given the same columns. */
final class DraftView {
  /** What a select that lacks a column says, where another has it. */
  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.of(
              "is_deleted", "false",
              "created_at", "null",
              "status", "'accepted'",
              "content", "null",
              "amount", "1",
              "user_id", "null"));

  private static final Set<String> SHARED = Set.of("id");

  private final String name;
  private final List<Guess> guesses = new ArrayList<>();

  DraftView(String name) {
    this.name = name;
  }

  void add(Guess guess) {
    guesses.add(guess);
  }

  private List<String> columns() {
    List<String> all = new ArrayList<>();
    for (Guess guess : guesses) {
      guess.columns().keySet().stream().filter(column -> !all.contains(column)).forEach(all::add);
    }
    all.removeIf(
        column ->
            SHARED.contains(column)
                && !guesses.stream().allMatch(guess -> guess.columns().containsKey(column)));
    return all;
  }

  String sql() {
    List<String> columns = columns();
    for (Guess guess : guesses) {
      for (String column : columns) {
        guess.columns().putIfAbsent(column, DEFAULTS.getOrDefault(column, "null"));
      }
    }
    StringBuilder sql = new StringBuilder();
    for (Guess guess : guesses) {
      guess.doubts().forEach(doubt -> sql.append("-- ").append(doubt).append('\n'));
    }
    sql.append("create view ").append(name).append(" as\n");
    for (int i = 0; i < guesses.size(); i++) {
      sql.append(i > 0 ? "\nunion all\n" : "").append(guesses.get(i).select(columns, i == 0));
    }
    sql.append(";\n");
    if (!name.endsWith("s") || name.equals("replies")) {
      String event = name.equals("replies") ? "reply" : name;
      sql.append("\ncomment on view ")
          .append(name)
          .append(" is 'event: ")
          .append(event)
          .append("';\n");
    }
    return sql.toString();
  }
}
