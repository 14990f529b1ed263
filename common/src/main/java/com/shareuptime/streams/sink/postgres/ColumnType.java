package com.shareuptime.streams.sink.postgres;

/** How a column's values travel: as which array, and what the statement makes of an element. */
public enum ColumnType {
  /** A {@code String}. */
  TEXT("text", "%s"),
  /** A {@code Long}. */
  BIGINT("int8", "%s"),
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

  String element() {
    return element;
  }

  String expression(String source) {
    return expression.formatted(source);
  }

  Object[] array(int size) {
    return switch (this) {
      case TEXT -> new String[size];
      case DOUBLE -> new Double[size];
      case BIGINT, TIMESTAMP_MICROS -> new Long[size];
    };
  }
}
