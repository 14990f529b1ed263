package com.shareuptime.streams.model;

import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.model.CanonicalColumn.Role;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.evaluation.Absent;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import com.shareuptime.streams.model.expression.Expression.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Computes the rows of an entity from the rows of one table. Immutable, and for any number of
 * threads.
 */
public final class BoundBranch {
  private final Branch branch;
  private final CatalogTable table;
  private final BoundColumn[] columns;
  private final Computation where;
  private final String whereSql;

  /** Of each column the place of the one that it is like, or -1. */
  private final int[] like;

  BoundBranch(
      Branch branch,
      CatalogTable table,
      List<BoundColumn> columns,
      Computation where,
      String whereSql) {
    this.branch = branch;
    this.table = table;
    this.columns = columns.toArray(BoundColumn[]::new);
    this.where = where;
    this.whereSql = whereSql;
    List<String> names = columns.stream().map(column -> column.canonical().name()).toList();
    this.like =
        columns.stream().mapToInt(column -> names.indexOf(column.canonical().like())).toArray();
  }

  public Branch branch() {
    return branch;
  }

  /** Whose columns a {@link Row} has, by their places. */
  public CatalogTable table() {
    return table;
  }

  /** Columns of the table that its rows are made of and known by. */
  public Set<String> neededColumns() {
    Set<String> names = branch.namedColumns();
    names.addAll(table.primaryKey());
    return names;
  }

  /** Whether its id is the primary key. */
  boolean isKnownById() {
    return branch.columns().get("id") instanceof Column id
        && table.primaryKey().equals(List.of(id.name()));
  }

  List<BoundColumn> columns() {
    return List.of(columns);
  }

  /** The condition as SQL, or null. */
  String whereSql() {
    return whereSql;
  }

  /**
   * The row of the entity that a row of the table is, or empty if it does not hold: {@code where}
   * is not true, or a required column is null.
   *
   * @throws EvaluationException if it cannot be known. It is a hole then, to be told and filled
   *     from the table; never a row that does not hold.
   */
  public Optional<CanonicalRow> evaluate(Row row) {
    if (where != null) {
      Object holds = where.of(row);
      if (holds instanceof Absent) {
        throw new EvaluationException("where needs a large value that the update does not carry");
      }
      if (!Boolean.TRUE.equals(holds)) {
        return Optional.empty();
      }
    }
    Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      BoundColumn column = columns[i];
      Object value = column.value().of(row);
      if (value == null) {
        if (column.canonical().required()) {
          return Optional.empty();
        }
        value = like[i] < 0 ? column.otherwise() : carried(column, values[like[i]]);
      } else {
        requireValid(column.canonical(), value);
      }
      values[i] = value;
    }
    return Optional.of(new CanonicalRow(values));
  }

  /**
   * One column of a row, whether the row holds or not: of an old row, of which little is known.
   *
   * @param column its place in the entity
   * @throws EvaluationException if it cannot be known
   */
  public Object value(Row row, int column) {
    BoundColumn bound = columns[column];
    Object value = bound.value().of(row);
    if (value == null) {
      return like[column] < 0 ? bound.otherwise() : carried(bound, value(row, like[column]));
    }
    requireValid(bound.canonical(), value);
    return value;
  }

  /**
   * What another column has, which may not be carried: only if this one is always like that one can
   * readers keep what they had.
   */
  private Object carried(BoundColumn column, Object other) {
    String name = column.canonical().name();
    if (other instanceof Absent && branch.columns().containsKey(name)) {
      throw new EvaluationException(
          "%s needs a large %s that the update does not carry"
              .formatted(name, column.canonical().like()));
    }
    return other;
  }

  private static void requireValid(CanonicalColumn column, Object value) {
    if (value instanceof Absent && column.role() != Role.TEXT) {
      throw new EvaluationException(
          column.name() + " needs a large value that the update does not carry");
    }
    if (column.role().isId() && value instanceof String text && IdKind.isTooLong(text)) {
      throw new EvaluationException(
          column.name() + " is longer than " + IdKind.MOST_BYTES + " bytes");
    }
  }
}
