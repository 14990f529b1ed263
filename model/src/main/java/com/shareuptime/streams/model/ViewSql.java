package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The views that readers ask. Columns keep the type of their table where they can, as a cast would
 * keep the planner from the table's index.
 */
final class ViewSql {
  static final String SCHEMA = "streams_model";

  private ViewSql() {}

  static List<String> create(BoundEntity entity) {
    String name = name(entity.name());
    String selects =
        entity.branches().stream()
            .map(ViewSql::select)
            .collect(Collectors.joining("\nunion all\n"));
    return List.of(
        "create or replace view " + name + " with (security_invoker = true) as\n" + selects,
        "revoke all on " + name + " from public");
  }

  static String drop(String entity) {
    return "drop view if exists " + name(entity);
  }

  private static String name(String entity) {
    return SCHEMA + "." + SqlText.identifier(entity);
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
    String table =
        SqlText.identifier(branch.table().schema())
            + "."
            + SqlText.identifier(branch.table().name());
    return "select\n"
        + String.join(",\n", columns)
        + "\nfrom "
        + table
        + (conditions.isEmpty() ? "" : "\nwhere " + String.join("\n  and ", conditions));
  }
}
