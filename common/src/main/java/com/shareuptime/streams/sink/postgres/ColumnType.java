package com.shareuptime.streams.sink.postgres;

import com.shareuptime.streams.contract.IdKind;

/** How a column's values travel: as which array, and what the statement makes of an element. */
public enum ColumnType {
  /** A {@code String}. */
  TEXT("text", "%s"),
  /** A {@code Long}. */
  BIGINT("int8", "%s"),
  /** A {@code java.util.UUID}. */
  UUID("uuid", "%s"),
  /** A {@code Double}. */
  DOUBLE("float8", "%s"),
  /** A {@code Long}: microseconds since the epoch, for a {@code timestamptz}. */
  TIMESTAMP_MICROS("int8", "timestamptz 'epoch' + %s * interval '1 microsecond'");

  private final String element;
  private final String expression;

  ColumnType(String element, String expression) {
    this.element = element;
    this.expression = expression;
  }

  /** Of a column of ids, whose values are as {@link IdKind#sql} has them. */
  public static ColumnType of(IdKind ids) {
    return switch (ids) {
      case NUMBER -> BIGINT;
      case UUID -> UUID;
      case TEXT -> TEXT;
    };
  }

  String element() {
    return element;
  }

  String expression(String source) {
    return expression.formatted(source);
  }

  Object[] array(int size) {
    return switch (this) {
      case TEXT -> new String[size];
      case UUID -> new java.util.UUID[size];
      case DOUBLE -> new Double[size];
      case BIGINT, TIMESTAMP_MICROS -> new Long[size];
    };
  }
}
