package com.shareuptime.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.draft.ModelDraft;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.SqlText;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far a draft is from the model that a person wrote for the same schema, as
 * docs/model-drafts.md tells.
 */
class DraftIT {
  @ParameterizedTest
  @CsvSource({"shareuptime-uuid, 1", "mastodon, 0", "prisma, 5", "rails, 0"})
  void aDraftNeedsFewCorrections(String name, int most) throws Exception {
    try (Connection connection = TestPostgres.newDatabase();
        Statement statement = connection.createStatement()) {
      statement.execute(ModelFiles.schema(name));
      Catalog catalog = CatalogReader.read(connection);
      String text = ModelDraft.of(catalog);
      List<String> corrections =
          corrections(Model.parse(text), Model.parse(ModelFiles.model(name)));
      assertThat(corrections).as("corrections of%n%s", text).hasSizeLessThanOrEqualTo(most);
    }
  }

  /** Each column or condition that is otherwise, and each view or select that only one has. */
  private static List<String> corrections(Model draft, Model right) {
    List<String> corrections = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    draft.entities().forEach(entity -> names.add(entity.name()));
    right.entities().forEach(entity -> names.add(entity.name()));
    for (String name : names) {
      if (draft.entity(name).isEmpty() || right.entity(name).isEmpty()) {
        corrections.add("view " + name);
        continue;
      }
      List<Branch> drafted = draft.entity(name).get().branches();
      List<Branch> meant = right.entity(name).get().branches();
      for (int i = 0; i < Math.max(drafted.size(), meant.size()); i++) {
        if (i >= drafted.size() || i >= meant.size()) {
          corrections.add("select " + i + " of " + name);
        } else {
          compare(name, drafted.get(i), meant.get(i), corrections);
        }
      }
    }
    return corrections;
  }

  private static void compare(String name, Branch drafted, Branch meant, List<String> corrections) {
    if (!drafted.tableName().equals(meant.tableName())) {
      corrections.add(name + " from " + drafted.tableName() + ", not " + meant.tableName());
      return;
    }
    Set<String> columns = new LinkedHashSet<>(drafted.columns().keySet());
    columns.addAll(meant.columns().keySet());
    for (String column : columns) {
      String one = sql(drafted.columns().get(column));
      String other = sql(meant.columns().get(column));
      if (!one.equals(other)) {
        corrections.add(name + "." + column + ": " + one + ", not " + other);
      }
    }
    String where = sql(drafted.where());
    if (!where.equals(sql(meant.where()))) {
      corrections.add(name + " where " + where + ", not " + sql(meant.where()));
    }
  }

  private static String sql(Expression expression) {
    return expression == null ? "nothing" : SqlText.of(expression);
  }
}
