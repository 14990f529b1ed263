package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One select of an entity over one table: what computes its rows, and their keys. */
public final class EntityBranch {
  private final Entity entity;
  private final BoundBranch rows;
  private final RecordKey key;
  private final RecordKey rowKey;
  private final int[] mapped;
  private final int[] knownByKey;
  private final int[] ofKey;

  private EntityBranch(Entity entity, BoundBranch rows, int number) {
    this.entity = entity;
    this.rows = rows;
    this.key = RecordKey.of(entity, rows, number);
    this.rowKey = RecordKey.ofRow(rows, number);
    this.mapped = places(rows.branch().columns()::containsKey);
    this.knownByKey = places(column -> isMadeOf(column, Set.copyOf(rows.table().primaryKey())));
    this.ofKey = places(key.names()::contains);
  }

  /** All of a model. */
  public static List<EntityBranch> of(BoundModel model) {
    List<EntityBranch> all = new ArrayList<>();
    for (BoundEntity entity : model.entities()) {
      for (int i = 0; i < entity.branches().size(); i++) {
        all.add(new EntityBranch(entity.entity(), entity.branches().get(i), i));
      }
    }
    return all;
  }

  public Entity entity() {
    return entity;
  }

  /** Computes the rows. */
  public BoundBranch rows() {
    return rows;
  }

  /** Of a record in the entity's topic. */
  public RecordKey key() {
    return key;
  }

  /** The primary key of the table's row, for what has no {@link #key}. */
  public RecordKey rowKey() {
    return rowKey;
  }

  public SourceTable table() {
    return new SourceTable(rows.table().schema(), rows.table().name());
  }

  private int[] places(Predicate<String> column) {
    return IntStream.range(0, entity.columns().size())
        .filter(i -> column.test(entity.columns().get(i).name()))
        .toArray();
  }

  private boolean isMadeOf(String column, Set<String> known) {
    Expression expression = rows.branch().columns().get(column);
    Set<String> columns = expression == null ? Set.of() : expression.columns();
    return !columns.isEmpty() && known.containsAll(columns);
  }

  /**
   * Places of canonical columns that can be computed of an old row.
   *
   * @param isWhole whether it has more than the primary key
   */
  public int[] knownOfOldRow(boolean isWhole) {
    return isWhole ? mapped : knownByKey;
  }

  /** Places of canonical columns that are in the key. */
  public int[] ofKey() {
    return ofKey;
  }

  /** Whether the primary key of a row is enough to know its {@link #key}. */
  public boolean isKnownByPrimaryKey() {
    return rows.table().primaryKey().containsAll(key.columns());
  }
}
