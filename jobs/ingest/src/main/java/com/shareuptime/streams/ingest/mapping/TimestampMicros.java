package com.shareuptime.streams.ingest.mapping;

import com.shareuptime.streams.model.evaluation.EvaluationException;
import java.time.LocalDate;

/**
 * Reads what Postgres writes for a {@code timestamp} or {@code timestamptz}, as microseconds since
 * 1970. {@code infinity} is {@link Long#MAX_VALUE}, {@code -infinity} {@link Long#MIN_VALUE}.
 */
public final class TimestampMicros {
  private static final long MICROS = 1_000_000;
  private static final int SECONDS_A_DAY = 86_400;
  private static final int MICRO_DIGITS = 6;
  private static final String BEFORE_CHRIST = " BC";

  /** From the hyphen behind the year to the end of the seconds: {@code -01-31 23:33:34}. */
  private static final int AFTER_YEAR = 15;

  private TimestampMicros() {}

  /**
   * The time that a text says; without a zone, the time in UTC. In the last 30 years that Postgres
   * has, which microseconds since 1970 do not reach, it is the last before infinity.
   */
  public static long of(String text) {
    int yearEnd = text.indexOf('-', 1);
    if (yearEnd < 0 || text.endsWith("infinity")) {
      return text.charAt(0) == '-' ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    boolean beforeChrist = text.endsWith(BEFORE_CHRIST);
    int end = beforeChrist ? text.length() - BEFORE_CHRIST.length() : text.length();
    int year = number(text, 0, yearEnd);
    long days =
        LocalDate.of(
                beforeChrist ? 1 - year : year,
                number(text, yearEnd + 1, yearEnd + 3),
                number(text, yearEnd + 4, yearEnd + 6))
            .toEpochDay();
    long seconds =
        days * SECONDS_A_DAY
            + number(text, yearEnd + 7, yearEnd + 9) * 3_600
            + number(text, yearEnd + 10, yearEnd + 12) * 60
            + number(text, yearEnd + 13, yearEnd + AFTER_YEAR);
    int zone = yearEnd + AFTER_YEAR;
    long fraction = 0;
    if (zone < end && text.charAt(zone) == '.') {
      int digits = 0;
      for (zone++; zone < end && Character.isDigit(text.charAt(zone)); zone++) {
        fraction = fraction * 10 + text.charAt(zone) - '0';
        digits++;
      }
      for (; digits < MICRO_DIGITS; digits++) {
        fraction *= 10;
      }
    }
    try {
      return Math.addExact(Math.multiplyExact(seconds - offset(text, zone, end), MICROS), fraction);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE - 1;
    }
  }

  /** Seconds of a zone as {@code +00}, {@code -05:30} or {@code +01:15:30}; 0 where none is. */
  private static int offset(String text, int from, int end) {
    if (from >= end) {
      return 0;
    }
    int seconds = number(text, from + 1, from + 3) * 3_600;
    if (from + 6 <= end) {
      seconds += number(text, from + 4, from + 6) * 60;
    }
    if (from + 9 <= end) {
      seconds += number(text, from + 7, from + 9);
    }
    return text.charAt(from) == '-' ? -seconds : seconds;
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new EvaluationException("'" + text + "' is no time as Postgres writes it");
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
