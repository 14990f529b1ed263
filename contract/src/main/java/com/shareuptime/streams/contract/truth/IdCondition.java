package com.shareuptime.streams.contract.truth;

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
  public static IdCondition between(long first, long last) {
    return new IdCondition("between %d and %d".formatted(first, last));
  }
}
