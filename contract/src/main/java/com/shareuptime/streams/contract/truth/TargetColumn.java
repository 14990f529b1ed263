package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;

/**
 * Ids of targets in SQL: as they are where both sides are of one kind, which indexes need; else as
 * texts, which may be compared whatever the columns are.
 */
final class TargetColumn {
  private TargetColumn() {}

  /** The target of rows that count, in comparison with ids of a type. */
  static String of(String column, CountedView counter, Target.Type type, IdKinds kinds) {
    return text(column, !isSame(counter.targetIds(), kinds.of(type)));
  }

  /** An id of a target as all targets have them in one column. */
  static String ofAll(String column, IdKind ids, IdKinds kinds) {
    return text(column, ids != kinds.targets());
  }

  static String equal(String one, IdKind ofOne, String other, IdKind ofOther) {
    boolean isText = !isSame(ofOne, ofOther);
    return text(one, isText) + " = " + text(other, isText);
  }

  /** Of rows that count, by what is a condition of ids of their targets. */
  static String condition(CountedView counter, Target.Type type, IdCondition ids, IdKinds kinds) {
    return counter.targetIds() == kinds.of(type)
        ? "target_id " + ids.sql()
        : "target_id::text in (select id::text from streams_model.%s where id %s)"
            .formatted(view(type, kinds), ids.sql());
  }

  /**
   * The view with the rows of targets.
   *
   * @throws IllegalArgumentException if nothing is counted for them
   */
  static String view(Target.Type type, IdKinds kinds) {
    return kinds
        .target(type)
        .orElseThrow(() -> new IllegalArgumentException("nothing is counted for a " + type))
        .view();
  }

  /** A cast of a text to text costs nothing, and no index. */
  private static boolean isSame(IdKind one, IdKind other) {
    return one == other && one != IdKind.TEXT;
  }

  private static String text(String column, boolean isText) {
    return isText ? column + "::text" : column;
  }
}
