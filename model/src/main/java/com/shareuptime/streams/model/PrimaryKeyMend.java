package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.CatalogTable.UniqueIndex;
import com.shareuptime.streams.model.expression.SqlText;
import java.util.Comparator;
import java.util.Optional;

/** The SQL that gives a table a primary key. */
final class PrimaryKeyMend {
  private PrimaryKeyMend() {}

  /**
   * By a unique index if there is one; otherwise by a column of its own, as rows may be doubles.
   */
  static String of(CatalogTable table, String name) {
    Optional<UniqueIndex> index =
        table.uniqueIndexes().stream()
            .min(Comparator.comparingInt((UniqueIndex it) -> it.columns().size()));
    if (index.isEmpty()) {
      return "Run: alter table "
          + name
          + " add column "
          + (table.indexOf("id") < 0 ? "id" : "row_id")
          + " bigint generated always as identity primary key; (rewrites the table under a lock)";
    }
    StringBuilder sql = new StringBuilder("Run: ");
    for (String column : index.get().columns()) {
      if (table.columns().get(table.indexOf(column)).nullable()) {
        sql.append("alter table ").append(name).append(" alter column ");
        sql.append(SqlText.identifier(column)).append(" set not null; ");
      }
    }
    return sql.append("alter table ")
        .append(name)
        .append(" add primary key using index ")
        .append(SqlText.identifier(index.get().name()))
        .append(";")
        .toString();
  }
}
