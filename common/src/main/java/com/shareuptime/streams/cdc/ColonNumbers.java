package com.shareuptime.streams.cdc;

import java.nio.charset.StandardCharsets;

/** Numbers with colons between, as the headers of cdc records carry them. */
final class ColonNumbers {
  private ColonNumbers() {}

  /** Parses exactly {@code count} non-negative decimals without allocating a string. */
  static long[] numbers(byte[] text, int count) {
    return numbers(text, count, count);
  }

  /** Parses {@code least} to {@code count} non-negative decimals; those that are missing are 0. */
  static long[] numbers(byte[] text, int least, int count) {
    long[] numbers = new long[count];
    int at = 0;
    boolean digit = false;
    for (byte b : text) {
      if (b == ':' && digit && at < count - 1) {
        at++;
        digit = false;
      } else if (b >= '0' && b <= '9' && numbers[at] <= (Long.MAX_VALUE - 9) / 10) {
        numbers[at] = numbers[at] * 10 + (b - '0');
        digit = true;
      } else {
        throw malformed(text, least, count);
      }
    }
    if (!digit || at < least - 1) {
      throw malformed(text, least, count);
    }
    return numbers;
  }

  private static IllegalArgumentException malformed(byte[] text, int least, int count) {
    return new IllegalArgumentException(
        "expected "
            + (least == count ? "" : least + " to ")
            + count
            + " numbers with colons between, got '"
            + new String(text, StandardCharsets.ISO_8859_1)
            + "'");
  }
}
