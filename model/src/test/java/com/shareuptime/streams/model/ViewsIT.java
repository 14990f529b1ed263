package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of real schemas: the views in Postgres have the rows that Java computes, whatever is in the
 * tables.
 */
class ViewsIT {
  private static final long SEED = Long.getLong("model.seed", 42);
  private static final int ROWS = 150;

  @ParameterizedTest
  @ValueSource(strings = {"shareuptime-uuid", "mastodon", "prisma", "rails", "canonical"})
  void viewsHaveTheRowsThatJavaComputes(String name) throws Exception {
    boolean canonical = name.equals("canonical");
    Model model = canonical ? Model.canonical() : Model.parse(ModelFiles.model(name));
    try (Connection connection = TestPostgres.newDatabase()) {
      execute(connection, canonical ? ModelFiles.baseSchema() : ModelFiles.schema(name));
      mend(connection, model);
      Catalog catalog = CatalogReader.read(connection);
      BoundModel bound = model.bind(catalog);
      for (String statement : bound.viewStatements(connection)) {
        execute(connection, statement);
      }
      fill(connection, catalog);
      for (BoundEntity entity : bound.entities()) {
        List<String> computed = computed(connection, entity);
        assertThat(rows(connection, entity)).as(entity.name()).isEqualTo(computed);
        assertThat(computed).as(entity.name()).isNotEmpty();
      }
      // again, as a later migrate does, and back
      for (String statement : bound.viewStatements(connection)) {
        execute(connection, statement);
      }
      execute(connection, BoundModel.DROP_VIEWS);
      assertThat(CatalogReader.read(connection)).isEqualTo(catalog);
    }
  }

  @Test
  void theModelOfTheContractIsTheIdentity() throws Exception {
    try (Connection connection = TestPostgres.newDatabase()) {
      execute(connection, ModelFiles.baseSchema());
      BoundModel bound = Model.canonical().bind(CatalogReader.read(connection));
      for (BoundEntity entity : bound.entities()) {
        BoundBranch branch = entity.branches().get(0);
        for (BoundColumn column : branch.columns()) {
          if (branch.branch().columns().containsKey(column.canonical().name())
              && !column.canonical().name().startsWith("target_")) {
            assertThat(column.sql()).isEqualTo('"' + column.canonical().name() + '"');
          }
        }
        assertThat(branch.whereSql()).isNull();
      }
    }
  }

  @Test
  void aReaderOfAViewUsesTheIndexOfItsTable() throws Exception {
    try (Connection connection = TestPostgres.newDatabase()) {
      execute(connection, ModelFiles.schema("shareuptime-uuid"));
      Model model = Model.parse(ModelFiles.model("shareuptime-uuid"));
      for (String statement :
          model.bind(CatalogReader.read(connection)).viewStatements(connection)) {
        execute(connection, statement);
      }
      execute(connection, "set enable_seqscan = off");
      try (Statement statement = connection.createStatement();
          ResultSet plan =
              statement.executeQuery(
                  "explain select content from streams_model.posts where author_id ="
                      + " '018f6e2c-9a1b-7cde-8f00-0123456789ab' and visibility = 'public'")) {
        StringBuilder text = new StringBuilder();
        while (plan.next()) {
          text.append(plan.getString(1)).append('\n');
        }
        assertThat(text.toString()).contains("posts_user");
      }
    }
  }

  /** Runs what a refused model says about keys and identities, as the owner of the tables would. */
  private static void mend(Connection connection, Model model) throws SQLException {
    try {
      model.bind(CatalogReader.read(connection));
    } catch (ModelException e) {
      for (var problem : e.problems()) {
        assertThat(problem.advice()).as(problem.toString()).startsWith("Run: ");
        execute(
            connection,
            problem.advice().substring("Run: ".length()).replaceAll("\\(.*lock\\)$", ""));
      }
    }
  }

  private static void fill(Connection connection, Catalog catalog) throws SQLException {
    RandomValues values = new RandomValues(new Random(SEED));
    execute(connection, "set session_replication_role = replica"); // no foreign keys, no triggers
    for (CatalogTable table : catalog.tables()) {
      int inserted = 0;
      for (int i = 0; i < ROWS; i++) {
        try {
          values.insert(connection, table, given(table, i));
          inserted++;
        } catch (SQLException e) {
          // a constraint of the table: 23 is its class
          assertThat(e.getSQLState()).as(e.getMessage()).startsWith("23");
        }
      }
      assertThat(inserted).as(table.toString()).isPositive();
    }
  }

  private static Map<String, String> given(CatalogTable table, int i) {
    Map<String, String> given = new HashMap<>();
    if (table.indexOf("id") >= 0 && table.columns().get(table.indexOf("id")).type().isInteger()) {
      given.put("id", String.valueOf(i + 1));
    }
    if (table.indexOf("vote_weight") >= 0) {
      given.put("vote_weight", i % 3 == 0 ? "null" : String.valueOf(i)); // one that can be negated
    }
    return given;
  }

  private static List<String> computed(Connection connection, BoundEntity entity)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    for (BoundBranch branch : entity.branches()) {
      for (Object[] row : DecodedRows.of(connection, branch.table(), "1")) {
        branch.evaluate(Row.of(row)).ifPresent(canonical -> rows.add(canonical.toString()));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> rows(Connection connection, BoundEntity entity) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (CanonicalColumn column : entity.entity().columns()) {
      columns.add(
          column.role() == CanonicalColumn.Role.TIME
              ? DecodedRow.micros('"' + column.name() + '"')
              : '"' + column.name() + '"');
    }
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + String.join(", ", columns) + " from streams_model." + entity.name())) {
      while (row.next()) {
        Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
          Object value = row.getObject(i + 1);
          values[i] = value == null ? null : value.toString();
        }
        rows.add(Arrays.toString(values));
      }
    }
    rows.sort(null);
    return rows;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
