package com.shareuptime.streams.reconcile.compare;

import java.util.Locale;

/**
 * A moment of the source.
 *
 * @param lsn all that was committed before it is at or before this position
 * @param micros the source's clock, epoch microseconds
 */
public record Moment(long lsn, long micros) {
  /** As Postgres writes it: {@code 16/B374D848}. */
  public String lsnText() {
    return String.format(Locale.ROOT, "%X/%X", lsn >>> 32, lsn & 0xFFFF_FFFFL);
  }

  /** Reads a position as Postgres writes it. */
  public static long lsn(String text) {
    int slash = text.indexOf('/');
    return Long.parseLong(text, 0, slash, 16) << 32
        | Long.parseLong(text, slash + 1, text.length(), 16);
  }

  boolean isPassedBy(Moment progress, long settlesWithinMicros) {
    return Long.compareUnsigned(progress.lsn, lsn) >= 0
        && progress.micros >= micros + settlesWithinMicros;
  }
}
