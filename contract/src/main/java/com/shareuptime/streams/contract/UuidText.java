package com.shareuptime.streams.contract;

/** UUIDs as Postgres writes them: lower case, 8-4-4-4-12. */
final class UuidText {
  private static final int LENGTH = 36;
  private static final String DIGITS = "0123456789abcdef";

  private UuidText() {}

  static boolean isCanonical(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean fits = isHyphen(i) ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHyphen(int at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
  }

  /** The first half of a canonical one. */
  static long high(String text) {
    return bits(text, 0, 18);
  }

  /** The second half of a canonical one. */
  static long low(String text) {
    return bits(text, 19, LENGTH);
  }

  private static long bits(String text, int from, int to) {
    long bits = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '-') {
        bits = bits << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
      }
    }
    return bits;
  }

  static String of(long high, long low) {
    char[] text = new char[LENGTH];
    int nibble = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (isHyphen(i)) {
        text[i] = '-';
      } else {
        long half = nibble < 16 ? high : low;
        text[i] = DIGITS.charAt((int) (half >>> 60 - 4 * (nibble & 15)) & 15);
        nibble++;
      }
    }
    return new String(text);
  }
}
