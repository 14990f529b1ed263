package com.shareuptime.streams.sink.postgres;

import static java.util.stream.Collectors.joining;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows are replaced by newer ones.
 *
 * @param name with its schema
 * @param keys the columns of its unique key
 * @param values all other columns that are written, the version among them
 * @param version the column that only moves forward
 */
public record UpsertTable(String name, List<Column> keys, List<Column> values, String version)
    implements Serializable {

  /** A column and how its values travel. */
  public record Column(String name, ColumnType type) implements Serializable {}

  public UpsertTable {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
    if (keys.isEmpty() || values.stream().noneMatch(column -> column.name().equals(version))) {
      throw new IllegalArgumentException(
          name + " needs a key, and its version '" + version + "' among the values");
    }
  }

  /** Keys, then values: the order of a row. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>(keys);
    columns.addAll(values);
    return columns;
  }

  /** One statement for any number of rows, each column an array. */
  String statement() {
    return "insert into %s as held (%s) select %s from unnest(%s) as given (%s) on conflict (%s) do update set %s where held.%s is null or held.%s < excluded.%s"
        .formatted(
            name,
            each("%s", columns()),
            columns().stream()
                .map(column -> column.type().expression("given." + column.name()))
                .collect(joining(", ")),
            columns().stream()
                .map(column -> "?::" + column.type().element() + "[]")
                .collect(joining(", ")),
            each("%s", columns()),
            each("%s", keys),
            each("%1$s = excluded.%1$s", values),
            version,
            version,
            version);
  }

  private static String each(String pattern, List<Column> columns) {
    return columns.stream().map(column -> pattern.formatted(column.name())).collect(joining(", "));
  }
}
