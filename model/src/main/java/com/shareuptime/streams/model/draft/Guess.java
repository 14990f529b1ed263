package com.shareuptime.streams.model.draft;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One select of a draft: expressions by the canonical columns that they are for. */
final class Guess {
  private final CatalogTable table;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final List<String> conditions = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  Guess(CatalogTable table) {
    this.table = table;
  }

  CatalogTable table() {
    return table;
  }

  Map<String, String> columns() {
    return columns;
  }

  List<String> doubts() {
    return doubts;
  }

  Guess column(String canonical, String expression) {
    columns.put(canonical, expression);
    return this;
  }

  Guess column(String canonical, Optional<CatalogColumn> found) {
    found.ifPresent(column -> columns.put(canonical, name(column.name())));
    return this;
  }

  Guess where(String condition) {
    conditions.add(condition);
    return this;
  }

  Guess doubt(String doubt) {
    doubts.add(doubt);
    return this;
  }

  /** The primary key, if it is one column: it may be an id. */
  Guess id() {
    if (table.primaryKey().size() == 1) {
      column("id", name(table.primaryKey().get(0)));
    }
    return this;
  }

  Guess time(String canonical, List<String> names) {
    ColumnNames.find(table, names, ColumnNames::isTime)
        .ifPresent(found -> columns.put(canonical, instant(found)));
    return this;
  }

  /** What most frameworks mean by a timestamp without a zone. */
  private static String instant(CatalogColumn column) {
    String name = name(column.name());
    return column.type().kind() == Kind.TIMESTAMP ? name + " at time zone 'UTC'" : name;
  }

  /** A flag, or a time at which something ended. */
  Guess deleted() {
    Optional<CatalogColumn> flag = ColumnNames.flag(table, "isdeleted", "deleted");
    Optional<CatalogColumn> active = ColumnNames.flag(table, "isactive", "active");
    Optional<CatalogColumn> time =
        ColumnNames.find(table, ColumnNames.DELETED_AT, ColumnNames::isTime);
    if (flag.isPresent()) {
      column("is_deleted", flag);
    } else if (time.isPresent()) {
      column("is_deleted", name(time.get().name()) + " is not null");
    } else {
      active.ifPresent(found -> column("is_deleted", "not " + name(found.name())));
    }
    return this;
  }

  /** A name as it is written in SQL: in quotes only where it needs them. */
  static String name(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  String select(List<String> order, boolean named) {
    List<String> items = new ArrayList<>();
    for (String canonical : order) {
      String expression = columns.get(canonical);
      items.add(
          !named || expression.equals(canonical) ? expression : expression + " as " + canonical);
    }
    String from = name(table.schema()) + "." + name(table.name());
    return "select "
        + String.join(",\n       ", items)
        + "\nfrom "
        + from
        + (conditions.isEmpty() ? "" : "\nwhere " + String.join(" and ", conditions));
  }
}
