package com.shareuptime.streams.model;

import java.util.List;
import java.util.Random;

/**
 * Draws the SQL of an expression over the oracle's table, of a kind of type. Parentheses are mostly
 * left out: what the text means is then for Postgres to say.
 */
final class RandomExpression {
  private static final List<String> INTEGERS =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "7",
          "10",
          "100",
          "32767",
          "-32768",
          "2147483647",
          "-2147483648",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808");
  private static final List<String> TEXTS =
      List.of(
          "''",
          "' '",
          "'a'",
          "'b'",
          "'ab'",
          "'A b'",
          "'Ä'",
          "'😀x'",
          "'it''s'",
          "'a\\b'",
          "','",
          "'%'",
          "'a,b,,c'",
          "'happy'",
          "'true'",
          "'abcdefghijklmnopqrstuvwxyz'",
          "'a  '",
          "'{}'",
          "'2024-02-29T12:00:00.123456Z'",
          "'2023-02-29T12:00:00Z'");
  private static final List<String> ZONES =
      List.of("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata");
  private static final List<String> KINDS =
      List.of("ulid", "uuid7", "snowflake", "mastodon", "aid", "aidx", "objectid", "cuid");

  private final Random random;

  RandomExpression(Random random) {
    this.random = random;
  }

  String any() {
    int depth = 1 + random.nextInt(4);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> truth(depth);
      case 3, 4, 5 -> text(depth);
      case 6, 7 -> integer(depth);
      case 8 -> time(depth);
      default -> random.nextBoolean() ? uuid(depth) : label(depth);
    };
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String pick(String... list) {
    return list[random.nextInt(list.length)];
  }

  private String maybe(String expression) {
    return random.nextInt(3) == 0 ? "(" + expression + ")" : expression;
  }

  private String comparator() {
    return pick("=", "<>", "!=", "<", "<=", ">", ">=");
  }

  private String value(int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> truth(depth);
      case 1, 2 -> integer(depth);
      case 3 -> uuid(depth);
      case 4 -> label(depth);
      default -> text(depth);
    };
  }

  private String truth(int depth) {
    if (depth <= 0) {
      return pick("b", "b", "flag", "flag", "true", "false", "null");
    }
    int d = depth - 1;
    return switch (random.nextInt(18)) {
      case 0, 1 -> maybe(integer(d)) + " " + comparator() + " " + maybe(integer(d));
      case 2, 3 -> maybe(text(d)) + pick(" = ", " <> ") + maybe(text(d));
      case 4 -> maybe(uuid(d)) + " " + comparator() + " " + maybe(uuid(d));
      case 5 -> maybe(label(d)) + pick(" = ", " <> ") + maybe(label(d));
      case 6 -> maybe(time(d)) + " " + comparator() + " " + maybe(time(d));
      case 7 ->
          "ts "
              + comparator()
              + pick(" '2024-03-31 02:30:00'", " '1999-12-31'", " coalesce(ts, null)");
      case 8 -> pick("tags", "nums") + pick(" = ", " <> ") + "'{}'";
      case 9, 10 ->
          maybe(pick(value(d), "tags", "doc", "day", "n", "ts", time(d)))
              + pick(" is null", " is not null");
      case 11 -> maybe(truth(d)) + pick(" is true", " is false", " is not true", " is not false");
      case 12 -> "not " + maybe(truth(d));
      case 13 -> maybe(truth(d)) + " and " + maybe(truth(d));
      case 14 -> maybe(truth(d)) + " or " + maybe(truth(d));
      case 15 -> in(d);
      case 16 -> conditional(d, () -> truth(d));
      default ->
          pick(
              "coalesce(" + truth(d) + ", " + truth(d) + ")",
              maybe("i") + "::boolean",
              "n " + comparator() + " " + pick("1.5", "i", "n", "-0.25", "l"),
              "nullif(" + truth(d) + ", " + truth(d) + ")",
              maybe(truth(d)) + pick(" = ", " <> ") + maybe(truth(d)));
    };
  }

  private String in(int depth) {
    String not = pick(" in (", " not in (");
    return switch (random.nextInt(3)) {
      case 0 -> maybe(integer(depth)) + not + pick(INTEGERS) + ", " + pick("null", "1", "2") + ")";
      case 1 ->
          maybe(text(depth)) + not + pick(TEXTS) + ", " + pick(TEXTS) + ", " + pick(TEXTS) + ")";
      default -> "mood" + not + "'sad'" + pick("", ", 'happy'", ", null") + ")";
    };
  }

  private String integer(int depth) {
    if (depth <= 0) {
      return random.nextBoolean() ? pick("s", "i", "l", "i", "id") : pick(INTEGERS);
    }
    int d = depth - 1;
    return switch (random.nextInt(11)) {
      case 0, 1, 2, 3 ->
          maybe(integer(d)) + " " + pick("+", "-", "*", "/", "%") + " " + maybe(integer(d));
      case 4 -> "- " + maybe(integer(0));
      case 5 -> pick("cast(" + integer(d) + " as bigint)", maybe(integer(0)) + "::bigint");
      case 6 -> "coalesce(" + integer(d) + ", " + pick("null", integer(d)) + ")";
      case 7 -> "nullif(" + integer(d) + ", " + integer(d) + ")";
      case 8 -> conditional(d, () -> integer(d));
      case 9 -> "strpos(" + text(d) + ", " + text(d) + ")";
      default -> pick("cardinality(tags)", "cardinality(nums)", "jsonb_array_length(doc)");
    };
  }

  private String small() {
    return pick("0", "1", "2", "3", "-1", "-2", "-30", "i", "s", "2147483647", "-2147483648");
  }

  private String text(int depth) {
    if (depth <= 0) {
      return random.nextInt(3) > 0
          ? pick("tx", "other", "vc", "ch", "big")
          : pick(pick(TEXTS), pick(TEXTS), "null");
    }
    int d = depth - 1;
    return switch (random.nextInt(15)) {
      case 0, 1 -> maybe(text(d)) + " || " + maybe(pick(text(d), value(d)));
      case 2 -> "concat(" + value(d) + ", " + value(d) + ", " + text(d) + ")";
      case 3 -> "concat_ws(" + text(d) + ", " + value(d) + ", " + value(d) + ")";
      case 4 -> pick("lower", "upper") + "(" + maybe(text(d)) + " collate \"C\")";
      case 5 ->
          pick(
              "trim(" + text(d) + ")",
              "trim(both " + pick(TEXTS) + " from " + maybe(text(d)) + ")",
              "trim(leading from " + maybe(text(d)) + ")",
              "trim(trailing 'ab' from " + maybe(text(d)) + ")");
      case 6 -> "left(" + text(d) + ", " + small() + ")";
      case 7 -> "substr(" + text(d) + ", " + small() + ")";
      case 8 -> "substr(" + text(d) + ", " + small() + ", " + small() + ")";
      case 9 ->
          "split_part(" + text(d) + ", " + pick("','", "'a'", "''", text(d)) + ", " + small() + ")";
      case 10 -> "coalesce(" + text(d) + ", " + text(d) + ")";
      case 11 -> "nullif(" + text(d) + ", " + text(d) + ")";
      case 12 -> conditional(d, () -> text(d));
      default -> pick("cast(" + value(d) + " as text)", "(" + value(d) + ")::text");
    };
  }

  private String time(int depth) {
    if (depth <= 0) {
      return pick("tz", "tz", "ts at time zone '" + pick(ZONES) + "'");
    }
    int d = depth - 1;
    return switch (random.nextInt(8)) {
      case 0 -> "ts at time zone '" + pick(ZONES) + "'";
      case 1 -> "to_timestamp(" + pick("i", "l", "n", integer(d)) + ")";
      case 2 -> "coalesce(" + time(d) + ", " + time(d) + ")";
      case 3 -> "nullif(" + time(d) + ", " + time(d) + ")";
      case 4 -> conditional(d, () -> time(d));
      case 5 -> "streams_model.instant(" + pick("moment", "moment", text(d)) + ")";
      case 6 ->
          "streams_model.id_time("
              + pick("made", "made", "l", "u", text(d))
              + ", '"
              + pick(KINDS)
              + "')";
      default -> "coalesce(ts, '2020-01-01') at time zone '" + pick(ZONES) + "'";
    };
  }

  private String uuid(int depth) {
    return depth <= 0
        ? "u"
        : pick(
            "u",
            "coalesce(u, '0188B0A1-7c00-7000-8000-000000000000')",
            "nullif(u, '0188b0a1-7c00-7000-8000-000000000000')",
            conditional(depth - 1, () -> "u"));
  }

  private String label(int depth) {
    return depth <= 0
        ? "mood"
        : pick(
            "mood",
            "coalesce(mood, 'sad')",
            "nullif(mood, 'happy')",
            "case when " + truth(depth - 1) + " then 'sad' else mood end");
  }

  private interface Draw {
    String one();
  }

  private String conditional(int depth, Draw result) {
    String otherwise = random.nextInt(3) == 0 ? "" : " else " + result.one();
    if (random.nextBoolean()) {
      return "case when "
          + truth(depth)
          + " then "
          + result.one()
          + (random.nextInt(3) == 0 ? " when " + truth(depth) + " then " + result.one() : "")
          + otherwise
          + " end";
    }
    return switch (random.nextInt(3)) {
      case 0 ->
          "case "
              + integer(depth)
              + " when "
              + pick(INTEGERS)
              + " then "
              + result.one()
              + " when "
              + integer(0)
              + " then "
              + result.one()
              + otherwise
              + " end";
      case 1 ->
          "case "
              + pick("tx", "vc", "ch")
              + " when "
              + pick(TEXTS)
              + " then "
              + result.one()
              + otherwise
              + " end";
      default ->
          "case mood when 'happy' then "
              + result.one()
              + " when null then "
              + result.one()
              + otherwise
              + " end";
    };
  }
}
