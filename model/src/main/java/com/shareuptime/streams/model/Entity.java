package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.Position;
import java.util.List;
import java.util.Optional;

/**
 * One view of a model.
 *
 * @param name of the view and of what is made of it: topics, columns, fields
 * @param singular what one row is called: the type of a counter's events, and of targets
 * @param columns all canonical columns, also those that the model leaves out
 */
public record Entity(
    Position at,
    String name,
    EntityKind kind,
    String singular,
    List<CanonicalColumn> columns,
    List<Branch> branches) {
  public Entity {
    columns = List.copyOf(columns);
    branches = List.copyOf(branches);
  }

  public boolean isCounter() {
    return kind == EntityKind.COUNTER;
  }

  /** Whether rows are targets: all have an id of their own. */
  public boolean isTarget() {
    return kind != EntityKind.FOLLOWS && has("id");
  }

  /** Whether the model maps this column. */
  public boolean has(String column) {
    return branches.stream().allMatch(branch -> branch.columns().containsKey(column));
  }

  /** The column with the user who has made a row; empty if the model maps none. */
  public Optional<String> actor() {
    return EntityKind.ACTORS.stream().filter(this::has).findFirst();
  }

  /** The place of a canonical column, or -1. */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }
}
