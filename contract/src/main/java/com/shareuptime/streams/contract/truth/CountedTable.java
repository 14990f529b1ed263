package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Target;
import java.util.List;

/**
 * A table whose rows count for posts and reels. All of them have {@code target_type} and {@code
 * target_id}: where rows name posts alone, by a subquery, which the planner takes apart.
 */
public record CountedTable(CounterKind kind) {
  /** In the order of the list of counters. */
  public static final List<CountedTable> ALL =
      CounterKind.ALL.stream().map(CountedTable::new).toList();

  private String relation() {
    CounterKind.Rows rows = kind.rows();
    return rows.targetType() == null
        ? "public.%1$s %1$s".formatted(kind.text())
        : "(select *, '%s' as target_type, %s as target_id from public.%3$s) %3$s"
            .formatted(rows.targetType().label(), rows.target(), kind.text());
  }

  private String counts() {
    return kind.rows().isHideable() ? "not is_deleted" : "true";
  }

  /** The rows that count, by target of a type; columns {@code target_id} and {@code n}. */
  public String byTarget(Target.Type type, IdCondition ids) {
    return """
    select target_id, count(*) as n from %s
    where target_type = '%s' and target_id %s and %s group by 1"""
        .formatted(relation(), type.label(), ids.sql(), counts());
  }

  /** The rows that count, by target; columns {@code target_type}, {@code target_id}, {@code n}. */
  public String byTarget() {
    return "select target_type, target_id, count(*) as n from %s where %s group by 1, 2"
        .formatted(relation(), counts());
  }

  /** Of target {@code t}, in one row: {@code n} that count, and {@code hidden} that do not. */
  String ofTarget() {
    return """
    select count(*) filter (where %1$s) as n, count(*) filter (where not (%1$s)) as hidden
    from %2$s where target_type = t.type and target_id = t.id"""
        .formatted(counts(), relation());
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
