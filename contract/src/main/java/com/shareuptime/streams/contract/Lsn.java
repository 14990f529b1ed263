package com.shareuptime.streams.contract;

import java.util.Locale;

/** A position in the WAL of Postgres; later is greater. */
public record Lsn(long position) implements Comparable<Lsn> {
  public static final Lsn NONE = new Lsn(0);

  private static final long LOW_HALF = 0xFFFF_FFFFL;

  /**
   * Parses the form of {@code pg_lsn}, e.g. {@code 16/B374D848}.
   *
   * @throws NumberFormatException if it is another
   */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new NumberFormatException("'" + text + "' is no position in the WAL");
    }
    return new Lsn(
        Long.parseLong(text, 0, slash, 16) << 32
            | Long.parseLong(text, slash + 1, text.length(), 16));
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(position, other.position);
  }

  /** As Postgres writes it. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%X/%X", position >>> 32, position & LOW_HALF);
  }
}
