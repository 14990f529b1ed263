package com.shareuptime.streams.reconcile.document;

/** Values of fields, short enough to be told. */
final class Excerpt {
  private static final int LENGTH = 40;

  /** Characters that are told before the first that differs, so that people find the place. */
  private static final int BEFORE = 10;

  private Excerpt() {}

  /** Where two values differ first; either may be null. */
  static int beginsToDiffer(String one, String other) {
    if (one == null || other == null) {
      return 0;
    }
    int at = 0;
    while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }

  /**
   * What is told of a field.
   *
   * @param value null where there is none
   * @param from around which it is of interest
   */
  static String of(String field, String value, int from) {
    if (value == null) {
      return field + " none";
    }
    int first = value.length() <= LENGTH ? 0 : Math.max(0, from - BEFORE);
    int last = Math.min(value.length(), first + LENGTH);
    return "%s %s%s%s"
        .formatted(
            field,
            first == 0 ? "" : "…",
            value.substring(first, last),
            last == value.length() ? "" : "…");
  }
}
