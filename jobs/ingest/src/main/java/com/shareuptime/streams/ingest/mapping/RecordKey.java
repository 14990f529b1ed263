package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.EntityKind;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import com.shareuptime.streams.model.expression.Expression.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * By what a record is known in the topic of its entity. Users, posts, reels and follows have their
 * natural key. Rows of counters have the primary key of their table: under the canonical names
 * where its columns are mapped to them as they are, else under their own with a {@code $} before
 * each, which says that they mean nothing to a reader.
 */
public final class RecordKey {
  private static final List<String> FOLLOW = List.of("follower_id", "followee_id");
  private static final List<String> ID = List.of("id");

  /** Of a counter of which each user has one row a target. */
  private static final List<String> ONCE = List.of("target_type", "target_id", "user_id");

  private static final String OWN = "$";
  private static final String BRANCH = "$branch";

  /**
   * One of its columns.
   *
   * @param canonical its place in the entity, or -1
   * @param own its place in the table, or -1
   */
  private record Part(String name, int canonical, int own) {}

  private final BoundBranch branch;
  private final List<Part> parts;
  private final int number;
  private final Set<String> columns;

  private RecordKey(BoundBranch branch, List<Part> parts, int number, Set<String> columns) {
    this.branch = branch;
    this.parts = parts;
    this.number = number;
    this.columns = Set.copyOf(columns);
  }

  /**
   * @param number of the branch in its view, from 0
   */
  static RecordKey of(Entity entity, BoundBranch branch, int number) {
    if (!entity.isCounter()) {
      return canonical(entity, branch, entity.kind() == EntityKind.FOLLOWS ? FOLLOW : ID, 0);
    }
    Map<String, String> mapped = mappedFrom(branch);
    Set<String> primaryKey = new HashSet<>(branch.table().primaryKey());
    if (primaryKey.size() == ONCE.size() && columns(mapped, ONCE).equals(primaryKey)) {
      return canonical(entity, branch, ONCE, number);
    } else if (primaryKey.size() == ID.size() && columns(mapped, ID).equals(primaryKey)) {
      return canonical(entity, branch, ID, number);
    }
    return ofRow(branch, number);
  }

  /** The primary key of the table's row, under names that mean nothing to readers. */
  static RecordKey ofRow(BoundBranch branch, int number) {
    List<String> primaryKey = branch.table().primaryKey();
    return new RecordKey(
        branch,
        primaryKey.stream()
            .map(column -> new Part(OWN + column, -1, branch.table().indexOf(column)))
            .toList(),
        number,
        Set.copyOf(primaryKey));
  }

  private static RecordKey canonical(
      Entity entity, BoundBranch branch, List<String> names, int number) {
    Set<String> columns = new HashSet<>();
    List<Part> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(new Part(name, entity.indexOf(name), -1));
      columns.addAll(branch.branch().columns().get(name).columns());
    }
    return new RecordKey(branch, parts, number, columns);
  }

  /** Canonical columns that are a column of the table as it is. */
  private static Map<String, String> mappedFrom(BoundBranch branch) {
    Map<String, String> mapped = new HashMap<>();
    branch
        .branch()
        .columns()
        .forEach(
            (name, expression) -> {
              if (expression instanceof Column column) {
                mapped.put(name, column.name());
              }
            });
    return mapped;
  }

  private static Set<String> columns(Map<String, String> mapped, List<String> names) {
    Set<String> columns = new HashSet<>();
    names.forEach(name -> columns.add(mapped.get(name)));
    return columns;
  }

  /** Columns of the table that it is made of. */
  Set<String> columns() {
    return columns;
  }

  /** Its names in their order, that of the branch included. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    parts.forEach(part -> names.add(part.name()));
    if (number > 0) {
      names.add(BRANCH);
    }
    return names;
  }

  /**
   * One of its values.
   *
   * @param row of the table
   * @param known what the row is in the entity, if it was computed already; or null
   * @throws EvaluationException if it cannot be known
   */
  public Object value(int part, Row row, CanonicalRow known) {
    if (part == parts.size()) {
      return (long) number;
    }
    Part it = parts.get(part);
    if (it.own() >= 0) {
      return row.value(it.own());
    }
    return known == null ? branch.value(row, it.canonical()) : known.value(it.canonical());
  }

  /** Whether two rows that were computed have the same key. */
  public boolean isSame(Row row, CanonicalRow known, Row other, CanonicalRow otherKnown) {
    for (int i = 0; i < parts.size(); i++) {
      if (!Objects.equals(value(i, row, known), value(i, other, otherKnown))) {
        return false;
      }
    }
    return true;
  }
}
