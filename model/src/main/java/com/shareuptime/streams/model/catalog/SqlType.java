package com.shareuptime.streams.model.catalog;

import java.util.List;

/**
 * The type of a column or of an expression. A domain is the type below it.
 *
 * @param name as {@code format_type} writes it
 * @param length of {@code varchar(n)} and {@code char(n)}; -1 without a limit
 * @param labels of an enum, in their order
 */
public record SqlType(Kind kind, String name, int length, List<String> labels) {
  /** What types have in common that a model treats alike. */
  public enum Kind {
    BOOL,
    INT2,
    INT4,
    INT8,
    NUMERIC,
    TEXT,
    VARCHAR,
    CHAR,
    UUID,
    ENUM,
    TIMESTAMP,
    TIMESTAMPTZ,
    DATE,
    JSON,
    JSONB,
    BYTEA,
    ARRAY,
    /** A literal in quotes, or null, whose type its neighbours decide. */
    UNKNOWN,
    /** Any other type: it may be mapped nowhere, and be compared with null. */
    OTHER
  }

  public static final SqlType BOOL = of(Kind.BOOL, "boolean");
  public static final SqlType INT2 = of(Kind.INT2, "smallint");
  public static final SqlType INT4 = of(Kind.INT4, "integer");
  public static final SqlType INT8 = of(Kind.INT8, "bigint");
  public static final SqlType NUMERIC = of(Kind.NUMERIC, "numeric");
  public static final SqlType TEXT = of(Kind.TEXT, "text");
  public static final SqlType UUID = of(Kind.UUID, "uuid");
  public static final SqlType TIMESTAMP = of(Kind.TIMESTAMP, "timestamp without time zone");
  public static final SqlType TIMESTAMPTZ = of(Kind.TIMESTAMPTZ, "timestamp with time zone");
  public static final SqlType UNKNOWN = of(Kind.UNKNOWN, "unknown");

  /** Above this, a varchar may be so long that Postgres stores it apart from its row. */
  private static final int LONGEST_SMALL_TEXT = 255;

  public SqlType {
    labels = List.copyOf(labels);
  }

  public static SqlType of(Kind kind, String name) {
    return new SqlType(kind, name, -1, List.of());
  }

  public static SqlType varchar(int length) {
    return new SqlType(
        Kind.VARCHAR, length < 0 ? "varchar" : "varchar(" + length + ")", length, List.of());
  }

  public static SqlType character(int length) {
    return new SqlType(Kind.CHAR, "char(" + length + ")", length, List.of());
  }

  public static SqlType enumOf(String name, List<String> labels) {
    return new SqlType(Kind.ENUM, name, -1, labels);
  }

  public boolean isInteger() {
    return kind == Kind.INT2 || kind == Kind.INT4 || kind == Kind.INT8;
  }

  public boolean isNumber() {
    return isInteger() || kind == Kind.NUMERIC;
  }

  /** text, varchar or char. */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.VARCHAR || kind == Kind.CHAR;
  }

  /** Whether a value may be so large that an update that leaves it alone does not carry it. */
  public boolean mayBeLarge() {
    return switch (kind) {
      case TEXT, JSON, JSONB, BYTEA, ARRAY, OTHER -> true;
      case VARCHAR, CHAR -> length < 0 || length > LONGEST_SMALL_TEXT;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
