package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Position;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One select over one table. A row of the table gives at most one row of the entity for each
 * branch.
 *
 * @param at where the table is named
 * @param columns what computes each canonical column that is not left out, in the written order
 * @param where null if every row belongs
 */
public record Branch(
    Position at, String schema, String table, Map<String, Expression> columns, Expression where) {
  public Branch {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The columns of its table that it names. */
  public Set<String> namedColumns() {
    Set<String> names = new HashSet<>();
    columns.values().forEach(expression -> names.addAll(expression.columns()));
    if (where != null) {
      names.addAll(where.columns());
    }
    return names;
  }

  /** {@code public.posts}. */
  public String tableName() {
    return schema + "." + table;
  }
}
