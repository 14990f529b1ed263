package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Problems;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.expression.SqlText;
import com.shareuptime.streams.model.syntax.ParsedFile;
import com.shareuptime.streams.model.syntax.ParsedView.ParsedItem;
import com.shareuptime.streams.model.typing.Typed;
import com.shareuptime.streams.model.typing.Typer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Postgres is the oracle: for every row and every expression that a model takes, Java computes what
 * Postgres does of the text as it was written, and of the SQL that the views get; an error of the
 * one is an error of the other. How many are compared: {@code -Dmodel.oracle.expressions}.
 */
class ExpressionOracleIT {
  private static final long SEED = Long.getLong("model.seed", 42);
  private static final int EXPRESSIONS = Integer.getInteger("model.oracle.expressions", 2000);
  private static final int BATCH = 40;
  private static final int ROWS = 24;
  private static final String ERROR = "error";

  private static final String TABLE =
      """
      create type mood as enum ('sad', 'ok', 'happy');
      create table t (id int primary key, s smallint, i integer, l bigint, n numeric, b boolean,
        flag boolean not null, tx text, other text not null, vc varchar(20), ch char(5), big varchar,
        u uuid, mood mood, ts timestamp, tz timestamptz, tags text[], nums int[], doc jsonb, day date,
        moment text, made text);
      """;

  private final Random random = new Random(SEED);
  private final Map<String, Integer> refusals = new TreeMap<>();
  private int compared;
  private int withErrors;

  @Test
  void javaComputesWhatPostgresDoes() throws Exception {
    try (Connection connection = TestPostgres.newDatabase();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      for (String sql : ModelFunctions.createStatements()) {
        statement.execute(sql);
      }
      insertRows(connection);
      CatalogTable table = CatalogReader.read(connection).find("public", "t").orElseThrow();
      List<Object[]> rows = DecodedRows.of(connection, table, "id");
      Typer typer = new Typer(table, false);
      int drawn = 0;
      while (compared < EXPRESSIONS) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          texts.add(new RandomExpression(random).any());
        }
        drawn += BATCH;
        compare(connection, typer, rows, texts);
      }
      System.out.printf(
          "seed %d: %d expressions drawn, %d compared over %d rows, %d with errors; refused: %s%n",
          SEED, drawn, compared, ROWS, withErrors, refusals);
      assertThat(drawn).as("drawn; refused: %s", refusals).isLessThan(EXPRESSIONS * 4 + BATCH);
      assertThat(withErrors).isPositive();
    }
  }

  private void compare(Connection connection, Typer typer, List<Object[]> rows, List<String> texts)
      throws SQLException {
    List<Expression> parsed = parse(texts);
    for (int i = 0; i < texts.size(); i++) {
      if (parsed.get(i) == null) {
        continue;
      }
      Typed typed;
      try {
        typed = typer.type(parsed.get(i));
      } catch (RefusedException e) {
        refused(e.getMessage());
        continue;
      }
      compare(connection, texts.get(i), typed, rows);
      compared++;
    }
  }

  /** All in one view, each in a line of its own; null for those that are refused. */
  private List<Expression> parse(List<String> texts) {
    StringBuilder view = new StringBuilder("create view x as select\n");
    for (int i = 0; i < texts.size(); i++) {
      view.append(texts.get(i))
          .append(" as c")
          .append(i)
          .append(i + 1 < texts.size() ? ",\n" : "\n");
    }
    Problems problems = new Problems();
    ParsedFile file = ParsedFile.read(view + " from t", problems);
    if (file.views().isEmpty()) {
      // one of them cannot be read at all: each on its own
      if (texts.size() == 1) {
        refused(problems.inOrder().get(0).message().replaceAll("\".*\"", "…"));
        return Collections.singletonList(null);
      }
      List<Expression> parsed = new ArrayList<>();
      texts.forEach(text -> parsed.addAll(parse(List.of(text))));
      return parsed;
    }
    problems.inOrder().forEach(problem -> refused(problem.message()));
    return file.views().get(0).selects().get(0).items().stream()
        .map(ParsedItem::expression)
        .toList();
  }

  private void refused(String message) {
    refusals.merge(message.replaceAll("'.*'", "'…'"), 1, Integer::sum);
  }

  private void compare(Connection connection, String text, Typed typed, List<Object[]> rows)
      throws SQLException {
    List<Object> written = new ArrayList<>();
    List<Object> rendered = new ArrayList<>();
    String columns = result(text, typed) + ", " + result(SqlText.of(typed.source()), typed);
    try (PreparedStatement all =
            connection.prepareStatement("select " + columns + " from t order by t.id");
        ResultSet row = all.executeQuery()) {
      while (row.next()) {
        written.add(value(row, 1, typed));
        rendered.add(value(row, 2, typed));
      }
    } catch (SQLException e) {
      requireDataError(text, e);
      written = each(connection, result(text, typed), typed);
      rendered = each(connection, result(SqlText.of(typed.source()), typed), typed);
      withErrors++;
    }
    for (int i = 0; i < rows.size(); i++) {
      Object computed;
      try {
        computed = canonical(typed.computation().of(Row.of(rows.get(i))), typed);
      } catch (EvaluationException e) {
        computed = ERROR;
      } catch (RuntimeException e) {
        computed = e;
      }
      if (!equal(computed, written.get(i)) || !equal(computed, rendered.get(i))) {
        fail(
            "seed %d, %s%n as %s%n of type %s, row %s:%n Java %s%n Postgres %s, rendered %s",
            SEED,
            text,
            SqlText.of(typed.source()),
            typed.type(),
            Arrays.toString(rows.get(i)),
            computed,
            written.get(i),
            rendered.get(i));
      }
    }
  }

  private static List<Object> each(Connection connection, String column, Typed typed)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    try (PreparedStatement one =
        connection.prepareStatement("select " + column + " from t where id = ?")) {
      for (int id = 1; id <= ROWS; id++) {
        one.setInt(1, id);
        try (ResultSet row = one.executeQuery()) {
          row.next();
          values.add(value(row, 1, typed));
        } catch (SQLException e) {
          requireDataError(column, e);
          values.add(ERROR);
        }
      }
    }
    return values;
  }

  /**
   * An error of a row's values; one of the statement would mean that a model takes what is none.
   */
  private static void requireDataError(String text, SQLException e) {
    if (!String.valueOf(e.getSQLState()).startsWith("22")) {
      fail("seed %d: Postgres refuses %s: %s", SEED, text, e.getMessage());
    }
  }

  private static String result(String expression, Typed typed) {
    return switch (typed.type().kind()) {
      case TIMESTAMP, TIMESTAMPTZ -> DecodedRow.micros(expression);
      default -> "(" + expression + ")" + (typed.type().kind() == Kind.CHAR ? "::text" : "");
    };
  }

  private static Object value(ResultSet row, int column, Typed typed) throws SQLException {
    Object value =
        switch (typed.type().kind()) {
          case INT2, INT4, INT8, TIMESTAMP, TIMESTAMPTZ -> row.getLong(column);
          case BOOL -> row.getBoolean(column);
          case NUMERIC -> row.getBigDecimal(column);
          default -> row.getString(column);
        };
    return row.wasNull() ? null : value;
  }

  private static Object canonical(Object value, Typed typed) {
    if (typed.type().kind() == Kind.NUMERIC && value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    return typed.type().kind() == Kind.CHAR && value instanceof String text
        ? text.replaceAll(" +$", "")
        : value;
  }

  private static boolean equal(Object a, Object b) {
    return a instanceof BigDecimal x && b instanceof BigDecimal y
        ? x.compareTo(y) == 0
        : Objects.equals(a, b);
  }

  private void insertRows(Connection connection) throws SQLException {
    RandomValues values = new RandomValues(random);
    CatalogTable table = CatalogReader.read(connection).find("public", "t").orElseThrow();
    for (int id = 1; id <= ROWS; id++) {
      values.insert(connection, table, Map.of("id", String.valueOf(id)));
    }
  }
}
