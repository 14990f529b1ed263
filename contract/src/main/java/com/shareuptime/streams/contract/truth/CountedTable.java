package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.List;

/** A view whose rows count for what they name by {@code target_type} and {@code target_id}. */
public record CountedTable(CounterKind kind) {
  /** In the order of the list of counters. */
  public static final List<CountedTable> ALL =
      CounterKind.ALL.stream().map(CountedTable::new).toList();

  private String relation() {
    return "streams_model." + kind.text();
  }

  /** {@link #byTarget(Target.Type, IdCondition, IdKinds)} where ids are numbers. */
  public String byTarget(Target.Type type, IdCondition ids) {
    return byTarget(type, ids, IdKinds.NUMBERS);
  }

  /** The rows that count, by target of a type; columns {@code target_id} and {@code n}. */
  public String byTarget(Target.Type type, IdCondition ids, IdKinds kinds) {
    return """
    select %s as target_id, count(*) as n from %s
    where target_type = '%s' and %s and not is_deleted group by 1"""
        .formatted(
            TargetColumn.of("target_id", kinds),
            relation(),
            type.label(),
            TargetColumn.condition(type, ids, kinds));
  }

  /** The rows that count, by target; columns {@code target_type}, {@code target_id}, {@code n}. */
  public String byTarget() {
    return "select target_type, target_id, count(*) as n from %s where not is_deleted group by 1, 2"
        .formatted(relation());
  }

  /** Of target {@code t}, in one row: {@code n} that count, and {@code hidden} that do not. */
  String ofTarget(IdKinds kinds) {
    return """
    select count(*) filter (where not is_deleted) as n, count(*) filter (where is_deleted) as hidden
    from %s where target_type = t.type and %s = t.id"""
        .formatted(relation(), TargetColumn.of("target_id", kinds));
  }

  /** {@link #anyRow(IdKinds)} where ids are numbers. */
  public String anyRow() {
    return anyRow(IdKinds.NUMBERS);
  }

  /**
   * Whether a target has a row, a hidden one too: parameters are the target's type, its id as
   * {@link IdKinds#targets} are, and who wrote the row, or null. More conditions may follow.
   */
  public String anyRow(IdKinds kinds) {
    return "select from %s where target_type = ? and %s = ? and %3$s = coalesce(?, %3$s)"
        .formatted(relation(), TargetColumn.of("target_id", kinds), kind.rows().actor());
  }

  /** The name of the count. */
  String column() {
    return kind.text();
  }
}
