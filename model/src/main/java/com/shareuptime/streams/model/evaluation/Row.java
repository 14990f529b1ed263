package com.shareuptime.streams.model.evaluation;

/**
 * The values of one row of a table, by the place of the column in the table of the catalog: null, a
 * Boolean, a Long for every integer and, in microseconds since 1970, for every timestamp, a
 * BigDecimal for a numeric, {@link Absent#VALUE} for one that an update left alone and did not
 * carry, and otherwise the text that Postgres writes for it. {@code infinity} is {@link
 * Long#MAX_VALUE}, {@code -infinity} {@link Long#MIN_VALUE}.
 */
@FunctionalInterface
public interface Row {
  Object value(int column);

  static Row of(Object... values) {
    return column -> values[column];
  }
}
