package com.shareuptime.streams.model.evaluation;

/**
 * A row of which no canonical row can be computed: Postgres would fail at the same expression, or a
 * large value that is needed was not carried. Such a row is a hole, never "does not hold".
 */
public final class EvaluationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    // thrown once a row at most, and often for many rows: no stack trace
    super(message, null, false, false);
  }
}
