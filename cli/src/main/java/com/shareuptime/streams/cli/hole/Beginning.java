package com.shareuptime.streams.cli.hole;

import java.util.Objects;

/**
 * How much of a text surfaces get where it does not come whole through its topic: so many
 * characters, as Postgres counts them, that a message with it fits its topic however they are
 * written. The reconcile job knows the same numbers.
 */
public final class Beginning {
  /** Of a post or reel: as much as a long novel has. */
  static final int OF_TEXTS = 3_000_000;

  /** Of each text of a user. */
  static final int OF_AUTHORS = 1_000_000;

  private Beginning() {}

  /** Whether a text is shown, or all that is ever shown of it; either may be null. */
  public static boolean isShown(String shown, String whole) {
    return Objects.equals(shown, whole)
        || (shown != null && whole != null && whole.startsWith(shown) && isFull(shown));
  }

  /** Whether a text may go on. */
  static boolean isFull(String text) {
    if (text.length() < OF_AUTHORS) {
      return false;
    }
    int characters = text.codePointCount(0, text.length());
    return characters == OF_TEXTS || characters == OF_AUTHORS;
  }
}
