package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.SqlType;
import java.util.Optional;

/** What the ids of an entity are. */
public enum IdKind {
  /** smallint, integer or bigint: a Long. */
  NUMBER("bigint"),
  /** In lower case with hyphens: a String. */
  UUID("uuid"),
  /** Of up to 255 bytes: a String. */
  TEXT("text");

  /** Above this many bytes a text is no id. */
  public static final int MOST_BYTES = 255;

  private final String sql;

  IdKind(String sql) {
    this.sql = sql;
  }

  /** The type of ids in tables of ours. */
  public String sql() {
    return sql;
  }

  static Optional<IdKind> of(SqlType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8 -> Optional.of(NUMBER);
      case UUID -> Optional.of(UUID);
      case TEXT, VARCHAR, CHAR, ENUM -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }
}
