package com.shareuptime.streams.cdc;

/**
 * Text that a change does not carry: Postgres does not log a large value that an update leaves
 * alone, whatever the column, and the record has a placeholder in its place. It means "as before",
 * and is nobody's text: it holds U+0000, which Postgres stores in none.
 */
public final class Unlogged {
  /** What stands in the place of such a text. */
  public static final String PLACEHOLDER = "__debezium_unavailable_value\0";

  /** What builds before this placeholder had, in topics and in state. Users may write it, too. */
  static final String EARLIER = "__debezium_unavailable_value";

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

  /** Whether a record with this text has to say which placeholder it uses. */
  public static boolean mayBeTaken(String text) {
    return text.startsWith(EARLIER);
  }

  /** A text that an earlier build has kept in state. */
  public static String ofEarlierState(String text) {
    return EARLIER.equals(text) ? PLACEHOLDER : text;
  }
}
