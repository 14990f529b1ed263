package com.shareuptime.streams.ingest.slot;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Turns what Postgres writes for a {@code timestamptz} into ISO-8601 in UTC. The session's zone is
 * that of this JVM: mostly UTC, and then characters are moved and nothing is calculated.
 */
final class TimestampText {
  private static final int YEAR_DIGITS = 4;
  private static final String BEFORE_CHRIST = " BC";
  private static final String UTC = "+00";

  private TimestampText() {}

  /**
   * The same moment: {@code 2026-01-31T23:33:34.123456Z}. A year above 9999 has a plus sign, one
   * before the year 1 a minus sign, counted with a year 0; {@code infinity} and {@code -infinity}
   * stay as they are.
   */
  static String utc(String text) {
    boolean beforeChrist = text.endsWith(BEFORE_CHRIST);
    int end = beforeChrist ? text.length() - BEFORE_CHRIST.length() : text.length();
    int space = text.indexOf(' ');
    if (space < 0) {
      return text; // infinity
    }
    int zone = Math.max(text.lastIndexOf('+', end), text.lastIndexOf('-', end));
    if (!beforeChrist
        && text.indexOf('-') == YEAR_DIGITS
        && end - zone == UTC.length()
        && text.startsWith(UTC, zone)) {
      return new StringBuilder(zone + 1)
          .append(text, 0, space)
          .append('T')
          .append(text, space + 1, zone)
          .append('Z')
          .toString();
    }
    return calculated(text, space, zone, end, beforeChrist);
  }

  private static String calculated(
      String text, int space, int zone, int end, boolean beforeChrist) {
    int yearEnd = text.indexOf('-');
    int year = Integer.parseInt(text, 0, yearEnd, 10);
    LocalDate date =
        LocalDate.of(
            beforeChrist ? 1 - year : year,
            Integer.parseInt(text, yearEnd + 1, yearEnd + 3, 10),
            Integer.parseInt(text, yearEnd + 4, space, 10));
    LocalTime time = LocalTime.parse(text.substring(space + 1, zone));
    OffsetDateTime there =
        OffsetDateTime.of(LocalDateTime.of(date, time), ZoneOffset.of(text.substring(zone, end)));
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        there.withOffsetSameInstant(ZoneOffset.UTC));
  }
}
