package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.Id;
import java.nio.charset.StandardCharsets;

/**
 * Numbers and ids as text for Redis, without a detour over strings: there are two for every
 * delivery.
 */
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

  static byte[] id(Id id) {
    return number(id.number());
  }

  /** The key of a hash tag that is an id: what stands before it, the id, and {@code "}"}. */
  static byte[] key(byte[] before, Id id) {
    long number = id.number();
    byte[] key = new byte[before.length + length(number) + 1];
    System.arraycopy(before, 0, key, 0, before.length);
    write(number, key, key.length - 1);
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
