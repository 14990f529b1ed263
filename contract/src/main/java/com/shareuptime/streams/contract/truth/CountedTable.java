package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.Target;
import java.util.Locale;

/**
 * A table whose rows count for posts and reels. All of them have {@code target_type} and {@code
 * target_id}: shares get them by a subquery, which the planner takes apart.
 */
public enum CountedTable {
  LIKES("public.likes", "user_id", "true"),
  COMMENTS("public.comments", "author_id", "not is_deleted"),
  SHARES(
      "(select 'post' as target_type, post_id as target_id, user_id, created_at"
          + " from public.shares)",
      "user_id",
      "true");

  private final String relation;
  private final String actor;
  private final String counts;

  CountedTable(String relation, String actor, String counts) {
    this.relation = relation + " " + column();
    this.actor = actor;
    this.counts = counts;
  }

  /** The rows that count, by target of a type; columns {@code target_id} and {@code n}. */
  public String byTarget(Target.Type type, IdCondition ids) {
    return """
    select target_id, count(*) as n from %s
    where target_type = '%s' and target_id %s and %s group by 1"""
        .formatted(relation, type.label(), ids.sql(), counts);
  }

  /** The rows that count, by target; columns {@code target_type}, {@code target_id}, {@code n}. */
  public String byTarget() {
    return "select target_type, target_id, count(*) as n from %s where %s group by 1, 2"
        .formatted(relation, counts);
  }

  /** Of target {@code t}, in one row: {@code n} that count, and {@code hidden} that do not. */
  String ofTarget() {
    return """
    select count(*) filter (where %1$s) as n, count(*) filter (where not (%1$s)) as hidden
    from %2$s where target_type = t.type and target_id = t.id"""
        .formatted(counts, relation);
  }

  /**
   * Whether a target has a row, a hidden one too: parameters are type and id of the target, and who
   * wrote the row, or null. More conditions may follow.
   */
  public String anyRow() {
    return "select from %s where target_type = ? and target_id = ? and %2$s = coalesce(?, %2$s)"
        .formatted(relation, actor);
  }

  /** The name of the count. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
