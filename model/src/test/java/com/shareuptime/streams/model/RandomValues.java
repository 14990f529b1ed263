package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws rows of nulls, edges and odd texts for any table, as SQL. */
final class RandomValues {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "b",
          "ab",
          "A b",
          "Ä",
          "😀",
          "😀x😀",
          "it's",
          "a\\b",
          ",",
          "a,b,,c",
          ",a",
          "happy",
          "true",
          "  padded  ",
          "a ",
          "\t",
          "İi",
          "ß",
          "abcabcabc",
          "e\u0301",
          "Post",
          "User",
          "public",
          "accepted",
          "null",
          "{}",
          "[1]",
          "\"");
  private static final List<String> WORDS =
      List.of(
          "public",
          "friends",
          "followers",
          "private",
          "reel",
          "accepted",
          "pending",
          "blocked",
          "post",
          "comment",
          "Post",
          "User",
          "Comment",
          "");
  private static final List<String> TYPES =
      List.of("User", "Post", "Comment", "post", "comment", "reel", "");
  private static final List<String> MOMENTS =
      List.of(
          "2024-02-29T12:00:00Z",
          "2023-02-29T12:00:00Z",
          "0001-01-01T00:00:00+15:59",
          "9999-12-31T23:59:59.999999999-15:59",
          "2024-01-01 00:00:00.5+0530",
          "2024-01-01T00:00Z",
          "2024-01-01T24:00:00Z",
          "2024-13-01T00:00:00Z",
          "2024-00-10T00:00:00Z",
          "now",
          "infinity",
          "",
          "2024-01-01T00:00:00",
          "2024-01-01t00:00:00z",
          "0000-01-01T00:00:00Z",
          "2024-06-31T00:00:00Z",
          "1969-12-31T23:59:59.9999999Z",
          "2024-01-01T00:00:00Z\n",
          "2024-01-01T00:00:00+16:00",
          "1900-02-29T00:00:00Z",
          "2000-02-29T00:00:00-00:30");
  private static final List<String> IDS =
      List.of(
          "01ARZ3NDEKTSV4RRFFQ69G5FAV",
          "01arz3ndektsv4rrffq69g5fav",
          "81ARZ3NDEKTSV4RRFFQ69G5FAV",
          "01ARZ3NDEKTSV4RRFFQ69G5FAU",
          "018f6e2c-9a1b-7cde-8f00-0123456789ab",
          "018F6E2C-9A1B-7CDE-8F00-0123456789AB",
          "018f6e2c-9a1b-4cde-8f00-0123456789ab",
          "1541815603606036480",
          "9223372036854775807",
          "99999999999999999999",
          "-1",
          "0",
          "109876543210987654",
          "9f4k2j1m00",
          "9f4k2j1m00a1b2c3",
          "507f1f77bcf86cd799439011",
          "507f1f77bcf86cd79943901z",
          "cjld2cjxh0000qzrmn831i7rn",
          "Cjld2cjxh0000qzrmn831i7rn",
          "c",
          "");
  private static final List<String> TIMES =
      List.of(
          "2024-03-31 02:30:00",
          "2024-10-27 02:30:00.000001",
          "2024-03-10 02:30:00",
          "2024-11-03 01:30:00",
          "2024-04-07 01:45:00",
          "2024-10-06 02:15:00",
          "1970-01-01 00:00:00",
          "1999-12-31 23:59:59.999999",
          "2037-07-01 00:00:00",
          "2019-06-15 12:34:56.789012",
          "2024-10-27 03:00:00",
          "2024-03-31 03:00:00");

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  /** Inserts a row, with some columns as given. */
  void insert(Connection connection, CatalogTable table, Map<String, String> given)
      throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (CatalogColumn column : table.columns()) {
      names.add(SqlText.identifier(column.name()));
      String fixed = given.get(column.name());
      values.add(fixed != null ? fixed : value(column));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into %s.%s (%s) overriding system value values (%s)"
              .formatted(
                  SqlText.identifier(table.schema()),
                  SqlText.identifier(table.name()),
                  String.join(", ", names),
                  String.join(", ", values)));
    }
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String quoted(String text) {
    return SqlText.literal(text);
  }

  private String value(CatalogColumn column) {
    if (column.nullable() && random.nextInt(4) == 0) {
      return "null";
    }
    return switch (column.type().kind()) {
      case BOOL -> String.valueOf(random.nextBoolean());
      case INT2 -> pick(List.of("0", "1", "-1", "7", "32767", "-32768"));
      case INT4 -> pick(List.of("0", "1", "2", "3", "-1", "7", "2147483647", "-2147483648"));
      case INT8 ->
          pick(
              List.of(
                  "0",
                  "1",
                  "2",
                  "-1",
                  "7",
                  "1700000000",
                  "2147483648",
                  "9223372036854775807",
                  "-9223372036854775808",
                  "1541815603606036480"));
      case NUMERIC -> pick(List.of("0", "1", "1.5", "-0.25", "1700000000.123456", "1e20", "2.50"));
      case TEXT -> text(column.name());
      case VARCHAR, CHAR -> bounded(column);
      case UUID ->
          pick(
              List.of(
                  "'0188b0a1-7c00-7000-8000-000000000000'",
                  "gen_random_uuid()",
                  "'018f6e2c-9a1b-7cde-8f00-0123456789ab'"));
      case ENUM -> quoted(pick(column.type().labels()));
      case TIMESTAMP -> quoted(pick(TIMES));
      case TIMESTAMPTZ -> quoted(pick(TIMES) + "+00");
      case DATE -> "'2024-02-29'";
      case JSON, JSONB ->
          pick(
              List.of(
                  "'[]'",
                  "'[1, [2, 3], {\"a\": \",]\"}]'",
                  "'{\"a\": 1}'",
                  "'5'",
                  "'\"[\"'",
                  "'null'",
                  "'[\"\\\"\"]'"));
      case ARRAY ->
          column.type().name().startsWith("text")
              ? pick(
                  List.of(
                      "'{}'",
                      "'{a}'",
                      "'{a,b,NULL}'",
                      "'{\"a,b\",\"\\\"}\"}'",
                      "'{\"\"}'",
                      "'{{a,b},{c,d}}'",
                      "'[0:1]={a,b}'"))
              : pick(List.of("'{}'", "'{1}'", "'{1,NULL,3}'", "'{{1},{2}}'"));
      case BYTEA, OTHER, UNKNOWN -> "null";
    };
  }

  private String bounded(CatalogColumn column) {
    if (column.name().endsWith("type")) {
      boolean isUser = column.name().matches("(vot|follow)er.*");
      return quoted(pick(isUser ? List.of("User", "User", "Tag") : TYPES));
    }
    boolean isWord = isWord(column.name()) || (column.type().length() > 0 && random.nextBoolean());
    String text = pick(isWord ? WORDS : TEXTS);
    int most = column.type().length() < 0 ? text.length() : column.type().length();
    return quoted(text.codePointCount(0, text.length()) > most ? "ab" : text);
  }

  private static boolean isWord(String column) {
    return column.matches(".*(type|status|visibility|privacy_level)");
  }

  private String text(String column) {
    if (isWord(column)) {
      return quoted(pick(WORDS));
    }
    return switch (column) {
      case "moment" -> quoted(pick(MOMENTS));
      case "made" -> quoted(pick(IDS));
      default -> quoted(pick(TEXTS));
    };
  }
}
