package com.shareuptime.streams.cdc;

/**
 * Text that a change does not carry: Postgres does not log a large value that an update leaves
 * alone, whatever the column, and the record has a placeholder in its place. It means "as before",
 * and is nobody's text.
 */
public final class Unlogged {
  private static final String PLACEHOLDER = "__debezium_unavailable_value";

  private Unlogged() {}

  /**
   * Whether the change leaves this column as it was.
   *
   * @param text may be null
   */
  public static boolean is(String text) {
    return PLACEHOLDER.equals(text);
  }

  /** The text of a column after a change, given that before it. */
  public static String or(String text, String before) {
    return is(text) ? before : text;
  }
}
