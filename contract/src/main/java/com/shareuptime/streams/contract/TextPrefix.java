package com.shareuptime.streams.contract;

import java.util.Objects;

/**
 * How much of a text surfaces get that is too large for its topic: so many characters, as Postgres
 * counts them, that a message with it fits however they are encoded. A surface that shows them is
 * right.
 */
public final class TextPrefix {
  /** Of a post or reel: as much as a long novel has. */
  public static final int OF_TEXTS = 3_000_000;

  /** Of each text of a user. */
  public static final int OF_AUTHORS = 1_000_000;

  private TextPrefix() {}

  /** Whether a text is shown, or all that is ever shown of it; either may be null. */
  public static boolean isShown(String shown, String whole) {
    return Objects.equals(shown, whole)
        || (shown != null && whole != null && whole.startsWith(shown) && isCut(shown));
  }

  /** Whether a text has the length at which texts are cut, so that more may follow it. */
  public static boolean isCut(String text) {
    if (text.length() < OF_AUTHORS) {
      return false;
    }
    int characters = text.codePointCount(0, text.length());
    return characters == OF_TEXTS || characters == OF_AUTHORS;
  }
}
