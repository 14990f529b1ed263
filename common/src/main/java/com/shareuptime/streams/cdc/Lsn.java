package com.shareuptime.streams.cdc;

import java.util.Locale;

/** Positions in the WAL of Postgres, which are numbers here, as Postgres writes them. */
public final class Lsn {
  private static final long LOW_HALF = 0xFFFF_FFFFL;

  private Lsn() {}

  /** The form of {@code pg_lsn}: {@code 16/B374D848}. */
  public static String text(long lsn) {
    return String.format(Locale.ROOT, "%X/%X", lsn >>> 32, lsn & LOW_HALF);
  }

  /**
   * Reads that form.
   *
   * @throws NumberFormatException if it is another
   */
  public static long parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new NumberFormatException("'" + text + "' is no position in the WAL");
    }
    return Long.parseLong(text, 0, slash, 16) << 32
        | Long.parseLong(text, slash + 1, text.length(), 16);
  }
}
