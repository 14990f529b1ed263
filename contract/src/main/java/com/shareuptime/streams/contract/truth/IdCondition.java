package com.shareuptime.streams.contract.truth;

import com.shareuptime.streams.contract.Id;

/**
 * Which ids a query is about.
 *
 * @param sql what follows the column in a condition
 */
public record IdCondition(String sql) {
  public static final IdCondition ALL = new IdCondition("is not null");

  /** Those of an array: each parameter of the query is that array. */
  public static final IdCondition SOME = new IdCondition("= any (?)");

  /** As literals, by which the planner knows how few rows they ask for. */
  public static IdCondition between(Id first, Id last) {
    return new IdCondition("between %s and %s".formatted(first, last));
  }
}
