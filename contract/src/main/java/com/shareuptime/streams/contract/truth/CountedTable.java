package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.CounterKind;
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

  /** The rows that count, by target of a type; columns {@code target_id} and {@code n}. */
  public String byTarget(Target.Type type, IdCondition ids) {
    return """
    select target_id, count(*) as n from %s
    where target_type = '%s' and target_id %s and not is_deleted group by 1"""
        .formatted(relation(), type.label(), ids.sql());
  }

  /** The rows that count, by target; columns {@code target_type}, {@code target_id}, {@code n}. */
  public String byTarget() {
    return "select target_type, target_id, count(*) as n from %s where not is_deleted group by 1, 2"
        .formatted(relation());
  }

  /** Of target {@code t}, in one row: {@code n} that count, and {@code hidden} that do not. */
  String ofTarget() {
    return """
    select count(*) filter (where not is_deleted) as n, count(*) filter (where is_deleted) as hidden
    from %s where target_type = t.type and target_id = t.id"""
        .formatted(relation());
  }

  /**
   * Whether a target has a row, a hidden one too: parameters are type and id of the target, and who
   * wrote the row, or null. More conditions may follow.
   */
  public String anyRow() {
    return "select from %s where target_type = ? and target_id = ? and %2$s = coalesce(?, %2$s)"
        .formatted(relation(), kind.rows().actor());
  }

  /** The name of the count. */
  String column() {
    return kind.text();
  }
}
