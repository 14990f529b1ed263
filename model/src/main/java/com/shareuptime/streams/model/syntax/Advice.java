package com.shareuptime.streams.model.syntax;

import java.util.Map;
import java.util.Set;

/** What to write instead of SQL that a model does not have. */
final class Advice {
  static final String FUNCTIONS =
      "Functions of a model: coalesce, nullif, concat, concat_ws, lower, upper, trim, left, substr,"
          + " strpos, split_part, cardinality, jsonb_array_length, to_timestamp,"
          + " streams_model.instant, streams_model.id_time.";

  static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "min",
          "max",
          "avg",
          "array_agg",
          "string_agg",
          "json_agg",
          "jsonb_agg",
          "bool_and",
          "bool_or",
          "every");

  static final Set<String> CLOCKS =
      Set.of(
          "now",
          "current_timestamp",
          "current_date",
          "current_time",
          "localtimestamp",
          "localtime",
          "clock_timestamp",
          "statement_timestamp",
          "transaction_timestamp",
          "timeofday");

  private static final Map<String, String> INSTEAD_OF_FUNCTIONS =
      Map.ofEntries(
          Map.entry("btrim", "Write trim(both from x) or trim(both 'characters' from x)."),
          Map.entry("ltrim", "Write trim(leading from x)."),
          Map.entry("rtrim", "Write trim(trailing from x)."),
          Map.entry("substring", "Write substr(x, start, length)."),
          Map.entry("right", "Write substr(x, start), or left(x, -n) for all but the last n."),
          Map.entry("position", "Write strpos(text, part)."),
          Map.entry("array_length", "Write cardinality(x), which is 0 for an empty array."),
          Map.entry("json_array_length", "Make the column jsonb and write jsonb_array_length(x)."),
          Map.entry("ifnull", "Write coalesce(x, y)."),
          Map.entry("nvl", "Write coalesce(x, y)."),
          Map.entry("if", "Write case when x then y else z end."),
          Map.entry("greatest", "Write case when a > b then a else b end."),
          Map.entry("least", "Write case when a < b then a else b end."),
          Map.entry("starts_with", "Write left(x, n) = 'text'."),
          Map.entry("to_date", "Write streams_model.instant(x), which reads ISO-8601 with a zone."),
          Map.entry("timezone", "Write x at time zone 'UTC'."),
          Map.entry("make_timestamptz", "Write to_timestamp(seconds)."));

  private static final Map<String, String> INSTEAD_OF_FORMS =
      Map.ofEntries(
          Map.entry("LikeExpression", "Write left(x, n) = 'text', or strpos(x, 'text') > 0."),
          Map.entry("SimilarToExpression", "Write strpos(x, 'text') > 0."),
          Map.entry("RegExpMatchOperator", "Write strpos(x, 'text') > 0."),
          Map.entry("Between", "Write x >= a and x <= b."),
          Map.entry(
              "IsDistinctExpression", "Write x <> y or x is null, whichever cases are meant."),
          Map.entry("IsUnknownExpression", "Write (…) is null."),
          Map.entry(
              "ExistsExpression", "Bring the attribute over into a column, kept by a trigger."),
          Map.entry(
              "ParenthesedSelect", "Bring the attribute over into a column, kept by a trigger."),
          Map.entry("AnalyticExpression", "Leave it out: a row is computed from itself alone."),
          Map.entry("JsonExpression", "Keep the attribute in a column of its own."),
          Map.entry("ExtractExpression", "Map the time itself; readers take it apart."),
          Map.entry("ArrayConstructor", "Compare an array with '{}' only."),
          Map.entry("ArrayExpression", "Keep the element in a column of its own."),
          Map.entry("IntervalExpression", "Map the time itself; readers add to it."),
          Map.entry("CollateExpression", "Write collate \"C\", with its quotes."),
          Map.entry("HexValue", "Write the number in decimal."),
          Map.entry("JdbcParameter", "Write a literal."),
          Map.entry("JdbcNamedParameter", "Write a literal."),
          Map.entry("IntegerDivision", "Write a / b."),
          Map.entry("XorExpression", "Write a <> b."),
          Map.entry("RowConstructor", "Write one value."));

  private Advice() {}

  static String insteadOfFunction(String name) {
    return INSTEAD_OF_FUNCTIONS.getOrDefault(name, FUNCTIONS);
  }

  static String insteadOfForm(String form) {
    return INSTEAD_OF_FORMS.getOrDefault(
        form, "Use columns, literals, comparisons, case, coalesce and the functions of a model.");
  }

  static String nameOfForm(String form) {
    return switch (form) {
      case "LikeExpression" -> "like";
      case "Between" -> "between";
      case "IsDistinctExpression" -> "is distinct from";
      case "IsUnknownExpression" -> "is unknown";
      case "ExistsExpression", "ParenthesedSelect" -> "a subquery";
      case "AnalyticExpression" -> "a window function";
      case "JsonExpression" -> "access into json";
      case "ExtractExpression" -> "extract";
      case "ArrayConstructor" -> "an array";
      case "IntervalExpression" -> "an interval";
      case "CollateExpression" -> "a collation other than \"C\"";
      default -> "this form (" + form + ")";
    };
  }
}
