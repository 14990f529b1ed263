package com.shareuptime.streams.source;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE;
import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * Reads the times of events and rows: ISO-8601 in the spellings that libraries write by default,
 * and PostgreSQL's {@code infinity}. A time must say its offset. Times that 64 bits cannot hold, in
 * microseconds those beyond some 292,000 years of 1970, become the farthest that they can, next to
 * infinity: an odd time is in order with others, and never an error.
 */
public final class IsoTime {
  private static final long DAY_SECONDS = 86_400L;
  private static final long MICROS = 1_000_000L;

  /** Where PostgreSQL's timestamps end, after the year 294276: only infinity is later. */
  private static final long END_SECONDS = 9_224_318_016_000L;

  /**
   * {@code 2026-11-24T23:33:34.123456Z}, with an offset of hours, minutes, seconds, colons or none.
   */
  private static final DateTimeFormatter EXTENDED =
      offset(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .append(ISO_LOCAL_DATE)
              .appendLiteral('T')
              .append(ISO_LOCAL_TIME));

  /** {@code 20261124T233334.123Z}. */
  private static final DateTimeFormatter BASIC =
      offset(
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern("uuuuMMdd'T'HHmmss")
              .optionalStart()
              .appendFraction(NANO_OF_SECOND, 0, 9, true)
              .optionalEnd());

  private IsoTime() {}

  private static DateTimeFormatter offset(DateTimeFormatterBuilder local) {
    return local
        .optionalStart()
        .appendOffset("+HH:MM:ss", "Z")
        .optionalEnd()
        .optionalStart()
        .appendOffset("+HHmmss", "Z")
        .optionalEnd()
        .toFormatter(Locale.ROOT);
  }

  /**
   * Epoch milliseconds of such a time; what is below a millisecond is cut off.
   *
   * @throws DateTimeException if it is no such time
   */
  public static long parseMillis(String text) {
    return Math.floorDiv(parseMicros(text), 1000L);
  }

  /**
   * Epoch microseconds of such a time; what is below a microsecond is cut off. The form {@code
   * 2026-11-24T23:33:34.123456Z} is read without a formatter: it is on the hot path.
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
      return spelledOtherwise(text);
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
    return (day * DAY_SECONDS + (hour * 60L + minute) * 60L + second) * MICROS + micros;
  }

  private static long spelledOtherwise(String text) {
    switch (text) {
      case "infinity" -> {
        return Long.MAX_VALUE;
      }
      case "-infinity" -> {
        return Long.MIN_VALUE;
      }
      default -> {
        boolean basic = text.length() > 8 && text.charAt(8) == 'T';
        return micros(
            OffsetDateTime.parse(basic ? text : withoutSpaces(text), basic ? BASIC : EXTENDED)
                .toInstant());
      }
    }
  }

  /** Python, Ruby and SQL write a space for the T, Ruby one more before the offset, or UTC. */
  private static String withoutSpaces(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      return text;
    }
    return text.substring(0, space)
        + 'T'
        + text.substring(space + 1).replace(" UTC", "Z").replace(" ", "");
  }

  private static long micros(Instant time) {
    long seconds = time.getEpochSecond();
    if (seconds >= END_SECONDS) {
      return Long.MAX_VALUE;
    }
    if (seconds > Long.MAX_VALUE / MICROS - 1) {
      return Long.MAX_VALUE - 1;
    }
    if (seconds < Long.MIN_VALUE / MICROS + 1) {
      return Long.MIN_VALUE;
    }
    return seconds * MICROS + time.getNano() / 1000;
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
