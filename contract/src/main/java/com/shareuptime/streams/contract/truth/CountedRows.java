package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;

/** The rows of a counter's view in SQL: what they count for what they name. */
public record CountedRows(CountedView counter, IdKinds kinds) {

  private String relation() {
    return "streams_model." + counter.name();
  }

  /** Of the rows of a group. */
  private String sum() {
    return counter.hasAmount() ? "sum(amount)::bigint" : "count(*)";
  }

  /** The rows that count, by target of a type; columns {@code target_id} and {@code n}. */
  public String byTarget(Target.Type type, IdCondition ids) {
    return """
    select %s as target_id, %s as n from %s
    where target_type = '%s' and %s and not is_deleted group by 1\
    """
        .formatted(
            TargetColumn.of("target_id", counter, type, kinds),
            sum(),
            relation(),
            type.label(),
            TargetColumn.condition(counter, type, ids, kinds));
  }

  /** The rows that count, by target; columns {@code target_type}, {@code target_id}, {@code n}. */
  public String byTarget() {
    return "select target_type, target_id, %s as n from %s where not is_deleted group by 1, 2"
        .formatted(sum(), relation());
  }

  /** Of target {@code t}, in one row: {@code n} that count, and {@code hidden} that do not. */
  String ofTarget() {
    return """
    select %s as n, count(*) filter (where is_deleted) as hidden
    from %s where target_type = t.type and %s\
    """
        .formatted(
            counter.hasAmount()
                ? "coalesce(sum(amount) filter (where not is_deleted), 0)::bigint"
                : "count(*) filter (where not is_deleted)",
            relation(),
            TargetColumn.equal("target_id", counter.targetIds(), "t.id", kinds.targets()));
  }

  /**
   * Whether a target has a row, a hidden one too: parameters are the target's type, its id as
   * {@link IdKinds#targets} are, and who wrote the row, or null. More conditions may follow.
   */
  public String anyRow() {
    String target = TargetColumn.equal("target_id", counter.targetIds(), "?", kinds.targets());
    return "select from %s where target_type = ? and %s and %s"
        .formatted(
            relation(),
            target,
            counter.actor() == null
                ? "?::text is null" // rows without one are of anybody
                : "%1$s = coalesce(?, %1$s)".formatted(counter.actor()));
  }
}
