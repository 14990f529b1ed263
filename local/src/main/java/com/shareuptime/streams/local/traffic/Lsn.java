package com.shareuptime.streams.local.traffic;

/** A position in the WAL of Postgres; later is greater. */
public record Lsn(long position) implements Comparable<Lsn> {
  public static final Lsn NONE = new Lsn(0);

  /** Parses the form of {@code pg_lsn}, e.g. {@code 16/B374D848}. */
  public static Lsn parse(String text) {
    int slash = text.indexOf('/');
    return new Lsn(
        (Long.parseLong(text.substring(0, slash), 16) << 32)
            | Long.parseLong(text.substring(slash + 1), 16));
  }

  @Override
  public int compareTo(Lsn other) {
    return Long.compareUnsigned(position, other.position);
  }

  @Override
  public String toString() {
    return "%X/%X".formatted(position >>> 32, position & 0xffffffffL);
  }
}
