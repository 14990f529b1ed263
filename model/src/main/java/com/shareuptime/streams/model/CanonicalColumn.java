package com.shareuptime.streams.model;

/**
 * A column that every model's entity of one kind has.
 *
 * @param required whether a row holds only while it is not null
 * @param otherwise what it is where it is null or left out, as SQL of a constant; null for none
 * @param like the column before it whose value it has there; null for none
 */
public record CanonicalColumn(
    String name, Role role, boolean required, String otherwise, String like) {
  /** What a column is for, which decides the types that it takes. */
  public enum Role {
    /** The row's own id. */
    ID,
    /** The id of a user. */
    USER,
    /** The id of what is counted for. */
    TARGET,
    /** Shown to readers; may be large. */
    TEXT,
    /** One word of a few: visibility, status, type of a target. */
    WORD,
    FLAG,
    TIME,
    AMOUNT;

    public boolean isId() {
      return this == ID || this == USER || this == TARGET;
    }
  }

  static CanonicalColumn required(String name, Role role) {
    return new CanonicalColumn(name, role, true, null, null);
  }

  static CanonicalColumn optional(String name, Role role, String otherwise) {
    return new CanonicalColumn(name, role, false, otherwise, null);
  }

  static CanonicalColumn optionalLike(String name, Role role, String like) {
    return new CanonicalColumn(name, role, false, null, like);
  }

  /** Whether it has a value even where it is left out. */
  public boolean hasDefault() {
    return otherwise != null || like != null;
  }
}
