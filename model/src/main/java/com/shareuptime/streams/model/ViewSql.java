package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.SqlText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The views that readers ask. Each selects from a function whose body is text, which the planner
 * puts in its place: a view of the table itself would forbid the product to change a column's type
 * or to drop a table, and would go on to read a table that has given its name to another. Columns
 * keep the type of their table where they can, as a cast would keep the planner from the table's
 * index.
 */
final class ViewSql {
  private static final String PROBE = "streams_model.\"Probe\"";

  private static final String COLUMNS =
      """
      select string_agg(quote_ident(attname) || ' ' || format_type(atttypid, null), ', ' order by attnum)
      from pg_attribute where attrelid = '%s'::regclass and attnum > 0"""
          .formatted(PROBE);

  private static final String FUNCTION =
      """
      create or replace function streams_model.rows_of_%1$s() returns table (%2$s)
      language sql stable parallel safe as $rows$
      %3$s
      $rows$""";

  private static final String VIEW =
      "create or replace view streams_model.%1$s as select * from streams_model.rows_of_%1$s()";

  private ViewSql() {}

  /** Asks Postgres for the types of the columns, by a view that is gone afterwards. */
  static List<String> create(BoundEntity entity, Statement statement) throws SQLException {
    String select =
        entity.branches().stream()
            .map(ViewSql::select)
            .collect(Collectors.joining("\nunion all\n"));
    statement.execute("create view " + PROBE + " as " + select);
    String columns;
    try (ResultSet row = statement.executeQuery(COLUMNS)) {
      row.next();
      columns = row.getString(1);
    }
    statement.execute("drop view " + PROBE);
    return List.of(
        FUNCTION.formatted(entity.name(), columns, select), VIEW.formatted(entity.name()));
  }

  /**
   * A view without rows.
   *
   * @param columns with their types
   * @param values of those types
   */
  static List<String> createEmpty(String name, String columns, String values) {
    return List.of(
        FUNCTION.formatted(name, columns, "select " + values + " where false"),
        VIEW.formatted(name));
  }

  private static String select(BoundBranch branch) {
    List<String> columns = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    if (branch.whereSql() != null) {
      conditions.add(branch.whereSql());
    }
    for (BoundColumn column : branch.columns()) {
      columns.add("  " + column.sql() + " as " + SqlText.identifier(column.canonical().name()));
      if (column.canonical().required() && column.nullable()) {
        conditions.add(column.sql() + " is not null");
      }
    }
    return "select\n"
        + String.join(",\n", columns)
        + "\nfrom "
        + branch.table().sqlName()
        + (conditions.isEmpty() ? "" : "\nwhere " + String.join("\n  and ", conditions));
  }
}
