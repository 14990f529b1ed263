package com.shareuptime.streams.model.evaluation;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The twin of {@code streams_model.instant(text)}: a time in ISO-8601 with a zone, of the years 1
 * to 9999. Digits beyond microseconds are cut off. Whatever is not one is null, never an error: one
 * user's text must not stop a query. Both follow the same pattern, and neither asks a parser of
 * times what it makes of a text.
 */
public final class InstantText {
  private static final Pattern ISO =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})"
              + "(?:\\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2}))");
  private static final int MICRO_DIGITS = 6;

  private InstantText() {}

  /** Microseconds since 1970, or null. */
  public static Long micros(String text) {
    Matcher parts = ISO.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    int year = number(parts.group(1));
    int hour = number(parts.group(4));
    int minute = number(parts.group(5));
    int second = number(parts.group(6));
    int zoneHours = parts.group(8) == null ? 0 : number(parts.group(9));
    int zoneMinutes = parts.group(8) == null ? 0 : number(parts.group(10));
    if (year == 0
        || hour > 23
        || minute > 59
        || second > 59
        || zoneHours > 15
        || zoneMinutes > 59) {
      return null;
    }
    try {
      long local =
          LocalDateTime.of(
                  year, number(parts.group(2)), number(parts.group(3)), hour, minute, second)
              .toEpochSecond(ZoneOffset.UTC);
      long offset = (zoneHours * 60L + zoneMinutes) * 60;
      long utc = "-".equals(parts.group(8)) ? local + offset : local - offset;
      return utc * 1_000_000 + fraction(parts.group(7));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static long fraction(String digits) {
    return digits == null ? 0 : Long.parseLong((digits + "000000").substring(0, MICRO_DIGITS));
  }
}
