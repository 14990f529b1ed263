package com.shareuptime.streams.ingest.topic;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Writes times as ISO-8601 in UTC, into one array that is used again for each: {@code
 * 2026-01-31T23:33:34.123456Z}, with as many digits of the second as the value has. A year above
 * 9999 has a plus sign, one before the year 1 a minus sign, counted with a year 0; {@code infinity}
 * and {@code -infinity} are those words. Not for several threads.
 */
final class TimestampText {
  private static final long MICROS_A_SECOND = 1_000_000;
  private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;
  private static final int MOST_OF_FOUR_DIGITS = 9_999;
  private static final byte[] INFINITY = "infinity".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-infinity".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes = new byte[40];
  private int length;

  /** The characters of the last time; only {@link #length} of them. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /**
   * Writes a time.
   *
   * @param micros since 1970, the ends of the range for infinity
   */
  TimestampText of(long micros) {
    length = 0;
    if (micros == Long.MAX_VALUE) {
      return word(INFINITY);
    } else if (micros == Long.MIN_VALUE) {
      return word(MINUS_INFINITY);
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY));
    long ofDay = Math.floorMod(micros, MICROS_A_DAY);
    int second = (int) (ofDay / MICROS_A_SECOND);
    year(date.getYear());
    two('-', date.getMonthValue());
    two('-', date.getDayOfMonth());
    two('T', second / 3_600);
    two(':', second / 60 % 60);
    two(':', second % 60);
    fraction((int) (ofDay % MICROS_A_SECOND));
    bytes[length++] = 'Z';
    return this;
  }

  private TimestampText word(byte[] word) {
    System.arraycopy(word, 0, bytes, 0, word.length);
    length = word.length;
    return this;
  }

  private void year(int year) {
    if (year < 0 || year > MOST_OF_FOUR_DIGITS) {
      bytes[length++] = (byte) (year < 0 ? '-' : '+');
    }
    int absolute = Math.abs(year);
    int unit = 1_000;
    while (absolute / unit > 9) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      bytes[length++] = (byte) ('0' + absolute / unit % 10);
    }
  }

  private void two(char before, int number) {
    bytes[length++] = (byte) before;
    bytes[length++] = (byte) ('0' + number / 10);
    bytes[length++] = (byte) ('0' + number % 10);
  }

  private void fraction(int micros) {
    if (micros == 0) {
      return;
    }
    bytes[length++] = '.';
    int rest = micros;
    for (int unit = 100_000; rest > 0; unit /= 10) {
      bytes[length++] = (byte) ('0' + rest / unit);
      rest %= unit;
    }
  }
}
