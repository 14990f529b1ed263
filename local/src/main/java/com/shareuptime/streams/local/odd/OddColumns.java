package com.shareuptime.streams.local.odd;

import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Columns of every type that Postgres has, in tables of the product, and values at their edges. */
public final class OddColumns implements AutoCloseable {
  private static final int LARGE = 900;
  private static final String DEEP = "[".repeat(5_000) + "]".repeat(5_000);
  private static final List<String> TIMES =
      List.of(
          "infinity",
          "-infinity",
          "4713-11-24 00:00:00+00 BC",
          "0044-03-15 12:00:00+00 BC",
          "0001-01-01 00:00:00+00",
          "1677-09-21 00:12:43+00",
          "1883-11-18 12:03:57.999999+01:15:30",
          "1969-12-31 23:59:59.999999+00",
          "2262-04-12 00:00:00+00",
          "9999-12-31 23:59:59.999999-15:59:59",
          "10000-01-01 00:00:00+00",
          "294276-12-31 23:59:59.999999+00");

  private record Type(String sql, List<String> values) {}

  private static Type type(String sql, String... values) {
    return new Type(sql, List.of(values));
  }

  private static final List<Type> TYPES =
      List.of(
          type(
              "numeric",
              "NaN",
              "Infinity",
              "-Infinity",
              "0",
              "1e-16383",
              "-123456789012345678901234567890.5"),
          type("numeric(1000,1000)", "0.1", "-0." + "9".repeat(999)),
          type("float8", "NaN", "Infinity", "-Infinity", "-0", "1e308", "5e-324"),
          type("float4", "NaN", "Infinity", "-Infinity", "1.1754944e-38", "3.4028235e38"),
          type("int2", "-32768", "32767"),
          type("int4", "-2147483648", "2147483647"),
          type("int8", "-9223372036854775808", "9223372036854775807"),
          type("money", "-92233720368547758.08", "92233720368547758.07"),
          type("bool", "t", "f"),
          type(
              "timestamp",
              TIMES.stream()
                  .map(t -> t.replaceAll("(?<=\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?)[+-][0-9:]+", ""))
                  .toArray(String[]::new)),
          type("timestamptz", TIMES.toArray(String[]::new)),
          type("timestamptz(0)", "294276-12-31 23:59:59+00", "infinity"),
          type(
              "date",
              "infinity",
              "-infinity",
              "4713-11-24 BC",
              "0001-01-01",
              "9999-12-31",
              "5874897-12-31"),
          type("time", "00:00:00", "24:00:00", "23:59:59.999999"),
          type("timetz", "00:00:00+15:59:59", "24:00:00-15:59:59", "23:59:59.999999+00"),
          type(
              "interval",
              "178000000 years",
              "-178000000 years",
              "1 mon -1 day 00:00:00.000001",
              "0"),
          type(
              "uuid",
              "00000000-0000-0000-0000-000000000000",
              "ffffffff-ffff-ffff-ffff-ffffffffffff"),
          type("text", "", "🙂𝒳\uD83D\uDE42", "a\u0001\u001f\"\\\n\u2028", "x".repeat(20_000)),
          type("varchar(3)", "", "äöü"),
          type("char(5)", "", "a"),
          type("\"char\"", "", "x"),
          type("name", "", "n"),
          type("bytea", "", "\\x00ff00", "\\x" + "ab".repeat(3_000)),
          type("json", "{}", "{\"a\": 1, \"a\": 1e999999}", "\"\\\\u0000\"", DEEP),
          type("jsonb", "null", "1e1000", "{\"a\": [NULL]}".replace("NULL", "null"), DEEP),
          type("jsonpath", "$.a[*] ? (@ > 1)"),
          type("xml", "<a>&amp;</a>", ""),
          type("tsvector", "", "'a':1A 'fat':2B,4C"),
          type("tsquery", "", "'a' & !'b' <-> 'c'"),
          type("point", "(NaN,Infinity)", "(1e308,-1e-308)"),
          type("line", "{1,-1,0}"),
          type("lseg", "[(0,0),(Infinity,1)]"),
          type("box", "(1,1),(0,0)"),
          type("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))"),
          type("polygon", "((0,0),(1,1),(2,0))"),
          type("circle", "<(0,0),1e300>"),
          type("inet", "::1", "192.168.0.1/24"),
          type("cidr", "::/0", "10.0.0.0/8"),
          type("macaddr", "ff:ff:ff:ff:ff:ff"),
          type("macaddr8", "ff:ff:ff:ff:ff:ff:ff:ff"),
          type("bit(3)", "000", "101"),
          type("bit varying", "", "1".repeat(1_000)),
          type("oid", "0", "4294967295"),
          type("pg_lsn", "FFFFFFFF/FFFFFFFF", "0/0"),
          type("xid8", "18446744073709551615"),
          type("regclass", "pg_class", "4294967295"),
          type("int4range", "empty", "(,)", "[-2147483648,2147483647)"),
          type("numrange", "[NaN,NaN]", "[-Infinity,Infinity)"),
          type("tstzrange", "[-infinity,infinity]", "(,\"294276-01-01 00:00:00+00\"]"),
          type("daterange", "empty", "[4713-11-24 BC,)"),
          type("int4multirange", "{}", "{[1,2),[5,9)}"),
          type("int8[]", "{}", "{NULL,1}", "[-1:0]={9223372036854775807,NULL}", "{{1,2},{3,4}}"),
          type("text[]", "{NULL,\"NULL\",\"\",\"a\\\"b\"}"),
          type("timestamptz[]", "{infinity,\"4713-11-24 00:00:00+00 BC\"}"),
          type("numeric[]", "{NaN,Infinity}"),
          type("\"odd (type)[x]\"", "ä(", ")"),
          type("\"odd (type)[x]\"[]", "{ä(,NULL}"),
          type("odd_number", "-1", "NaN"),
          type("odd_id", "1", "9223372036854775807"),
          type("odd_pair", "(,)", "(infinity,NaN)"),
          type("odd_pair[]", "{\"(,)\",NULL}"));

  private final Addresses database;
  private final String table;
  private final List<Type> columns = new ArrayList<>();

  /**
   * Adds them to a table, each with a default value.
   *
   * @param table posts or comments; {@link #createTypes} has been called for its database
   */
  public OddColumns(Addresses database, String table) throws SQLException {
    this.database = database;
    this.table = table;
    for (Type type : TYPES) {
      String column = name(columns.size());
      try {
        execute(
            database,
            "alter table %s add column %s %s default '%s'"
                .formatted(table, column, type.sql, quoted(type.values.get(0))));
        columns.add(type);
      } catch (SQLException e) {
        if (!type.sql.equals("xml")) { // a matter of how the server was built
          throw e;
        }
      }
    }
  }

  private static String name(int column) {
    return "odd_" + column;
  }

  private static String quoted(String value) {
    return value.replace("'", "''");
  }

  /** Enums, domains and composites, of which some columns are. */
  public static void createTypes(Addresses database) throws SQLException {
    execute(
        database,
        "create type \"odd (type)[x]\" as enum ('ä(', ')')",
        "create domain odd_number as numeric check (value <> 0)",
        "create domain odd_id as bigint",
        "create type odd_pair as (at timestamptz, n numeric)");
  }

  /** When no table has such columns any more. */
  public static void dropTypes(Addresses database) throws SQLException {
    execute(database, "drop type if exists \"odd (type)[x]\", odd_number, odd_id, odd_pair");
  }

  /** A statement that inserts rows of drawn values, each column null now and then. */
  public String insert(Random random, int rows) {
    return "insert into %s (%s, created_at, updated_at, %s) values %s"
        .formatted(
            table,
            table.equals("posts")
                ? "author_id, content"
                : "target_type, target_id, author_id, content",
            Stream.iterate(0, i -> i + 1)
                .limit(columns.size())
                .map(OddColumns::name)
                .collect(Collectors.joining(", ")),
            Stream.generate(() -> row(random)).limit(rows).collect(Collectors.joining(", ")));
  }

  private String row(Random random) {
    String keys = table.equals("posts") ? "1" : "'post', 1, 1";
    return Stream.concat(
            Stream.of(keys, "'c'", drawn(random, TIMES), drawn(random, TIMES)),
            columns.stream()
                .map(type -> random.nextInt(8) == 0 ? "null" : drawn(random, type.values)))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Large ones more seldom: a test is short. */
  private static String drawn(Random random, List<String> values) {
    String value = values.get(random.nextInt(values.size()));
    if (value.length() > LARGE && random.nextInt(20) > 0) {
      value = values.get(0);
    }
    return "'" + quoted(value) + "'";
  }

  /**
   * A statement that gives rows other values in some columns.
   *
   * @param where which rows, a condition in SQL
   */
  public String update(Random random, String where) {
    return "update %s set %s where %s"
        .formatted(
            table,
            random
                .ints(5, 0, columns.size())
                .distinct()
                .mapToObj(c -> name(c) + " = " + drawn(random, columns.get(c).values))
                .collect(Collectors.joining(", ")),
            where);
  }

  /** Each row by its key in the topic, as text; times as microseconds, where they are finite. */
  public Map<String, Map<String, String>> rows() throws SQLException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      String selected = selected(statement);
      try (ResultSet row = statement.executeQuery("select " + selected + " from " + table)) {
        int count = row.getMetaData().getColumnCount();
        while (row.next()) {
          Map<String, String> values = new TreeMap<>();
          for (int i = 1; i <= count; i++) {
            values.put(row.getMetaData().getColumnName(i), row.getString(i));
          }
          rows.put("{\"id\":" + row.getString("id") + "}", values);
        }
      }
    }
    return rows;
  }

  private String selected(Statement statement) throws SQLException {
    List<String> selected = new ArrayList<>();
    try (ResultSet column =
        statement.executeQuery(
            "select column_name, udt_name from information_schema.columns where table_schema = 'public' and table_name = '%s' order by ordinal_position"
                .formatted(table))) {
      while (column.next()) {
        String name = column.getString(1);
        selected.add(
            switch (column.getString(2)) {
              case "timestamptz" ->
                  "case when isfinite(%1$s) then (extract(epoch from date_trunc('second', %1$s)) * 1000000 + extract(microseconds from %1$s)::bigint %% 1000000)::numeric(30,0)::text else %1$s::text end as %1$s"
                      .formatted(name);
              case "bool" -> "%1$s::text as %1$s".formatted(name);
              default -> name;
            });
      }
    }
    return String.join(", ", selected);
  }

  /** Whether a column's numbers are compared as such: they may be written in other ways. */
  public boolean isFloat(String column) {
    return column.startsWith("odd_")
        && columns.get(Integer.parseInt(column.substring(4))).sql.startsWith("float");
  }

  @Override
  public void close() throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      execute(database, "alter table %s drop column %s".formatted(table, name(i)));
    }
  }

  private static void execute(Addresses database, String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
