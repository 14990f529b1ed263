package com.shareuptime.streams.model.evaluation;

/** Computes one value of a row. Has no state, so that threads may share it. */
@FunctionalInterface
public interface Computation {
  /**
   * The value, null for SQL's null, or an {@link Absent}.
   *
   * @throws EvaluationException where Postgres would raise an error
   */
  Object of(Row row);
}
