package com.shareuptime.streams.feeds.sink;

import java.nio.charset.StandardCharsets;

/** Numbers as text for Redis, without a detour over strings: there are two for every delivery. */
final class RedisText {
  private RedisText() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] number(long number) {
    byte[] text = new byte[length(number)];
    write(number, text, text.length);
    return text;
  }

  /** The key of a hash tag that is a number: what stands before it, the number, and {@code "}"}. */
  static byte[] key(byte[] before, long id) {
    byte[] key = new byte[before.length + length(id) + 1];
    System.arraycopy(before, 0, key, 0, before.length);
    write(id, key, key.length - 1);
    key[key.length - 1] = '}';
    return key;
  }

  private static int length(long number) {
    int length = number < 0 ? 2 : 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      length++;
    }
    return length;
  }

  /** Writes the number so that it ends before {@code end}. */
  private static void write(long number, byte[] to, int end) {
    int at = end;
    long rest = number;
    do {
      to[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      to[--at] = '-';
    }
  }
}
