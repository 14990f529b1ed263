package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;

/**
 * Ids of targets in SQL: as they are where posts and reels have ids of one kind, which indexes
 * need; else as texts, which may be compared whatever the columns are.
 */
final class TargetColumn {
  private TargetColumn() {}

  static String of(String column, IdKinds kinds) {
    return isOneKind(kinds) ? column : column + "::text";
  }

  /** Of rows that count, by what is a condition of ids of their targets. */
  static String condition(Target.Type type, IdCondition ids, IdKinds kinds) {
    return isOneKind(kinds)
        ? "target_id " + ids.sql()
        : "target_id::text in (select id::text from streams_model.%s where id %s)"
            .formatted(type.table(), ids.sql());
  }

  private static boolean isOneKind(IdKinds kinds) {
    return kinds.posts() == kinds.reels();
  }
}
