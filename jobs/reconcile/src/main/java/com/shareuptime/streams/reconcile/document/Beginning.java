package com.shareuptime.streams.reconcile.document;

import java.util.Objects;

/**
 * Of a text that was too large for its topic a document may show the beginning, and is right so.
 * The command that fills documents knows the same numbers.
 */
final class Beginning {
  /** Of a post or reel, in characters. */
  private static final int OF_TEXTS = 3_000_000;

  /** Of each text of a user. */
  private static final int OF_AUTHORS = 1_000_000;

  private Beginning() {}

  /**
   * Whether a document may show one of these where the tables have the other; either may be null.
   */
  static boolean isShown(String one, String other) {
    return Objects.equals(one, other)
        || (one != null && other != null && (begins(one, other) || begins(other, one)));
  }

  private static boolean begins(String shown, String whole) {
    if (shown.length() < OF_AUTHORS || !whole.startsWith(shown)) {
      return false;
    }
    int characters = shown.codePointCount(0, shown.length());
    return characters == OF_TEXTS || characters == OF_AUTHORS;
  }
}
