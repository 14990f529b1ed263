package com.shareuptime.streams.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Reads the ISO-8601 times of events and rows. */
public final class IsoTime {
  private static final long DAY_SECONDS = 86_400L;

  private IsoTime() {}

  /**
   * Epoch milliseconds of such a time; what is below a millisecond is cut off.
   *
   * @throws DateTimeException if it is no such time
   */
  public static long parseMillis(String text) {
    return Math.floorDiv(parseMicros(text), 1000L);
  }

  /**
   * Epoch microseconds of a time with its offset, such as {@code 2026-11-24T23:33:34.123456Z}; what
   * is below a microsecond is cut off. The form that ends with Z is read without a formatter: it is
   * on the hot path.
   *
   * @throws DateTimeException if it is no such time
   */
  public static long parseMicros(String text) {
    int length = text.length();
    if (length < 20
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (length > 20 && text.charAt(19) != '.')) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
    }
    long day =
        LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("'" + text + "' is not a time of a day");
    }
    int micros = 0;
    for (int i = 20, scale = 100_000; i < length - 1; i++, scale /= 10) {
      micros += digits(text, i, i + 1) * scale;
    }
    return (day * DAY_SECONDS + (hour * 60L + minute) * 60L + second) * 1_000_000L + micros;
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("'" + text + "' has no digit at " + i);
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
