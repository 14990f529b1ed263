package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;

/**
 * Which ids a query is about.
 *
 * @param sql what follows the column in a condition
 */
public record IdCondition(String sql) {
  public static final IdCondition ALL = new IdCondition("is not null");

  /** Those of an array: each parameter of the query is that array. */
  public static final IdCondition SOME = new IdCondition("= any (?)");

  /** As literals, by which the planner knows how few rows they ask for; of numbers. */
  public static IdCondition between(Id first, Id last) {
    return between(IdKind.NUMBER, first, last);
  }

  /** The same of any ids, in the order that Java has them in. */
  public static IdCondition between(IdKind kind, Id first, Id last) {
    return new IdCondition(
        "between %s and %s".formatted(literal(kind, first), literal(kind, last)));
  }

  private static String literal(IdKind kind, Id id) {
    return switch (kind) {
      case NUMBER -> id.toString();
      case UUID -> "'" + id + "'";
      case TEXT -> "('" + id.toString().replace("'", "''") + "' collate \"C\")";
    };
  }
}
