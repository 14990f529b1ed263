package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisId;
import java.nio.charset.StandardCharsets;

/**
 * Numbers and ids as text for Redis; numbers without a detour over strings: there are two for every
 * delivery.
 */
final class RedisText {
  private RedisText() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] number(long number) {
    byte[] text = new byte[length(number)];
    write(number, text, text.length);
    return text;
  }

  static byte[] id(Id id) {
    return id.isNumber() ? number(id.number()) : bytes(RedisId.write(id));
  }

  /** The key of a hash tag that is an id: what stands before it, the id, and {@code "}"}. */
  static byte[] key(byte[] before, Id id) {
    byte[] text = id.isNumber() ? null : id(id);
    int length = text == null ? length(id.number()) : text.length;
    byte[] key = new byte[before.length + length + 1];
    System.arraycopy(before, 0, key, 0, before.length);
    if (text == null) {
      write(id.number(), key, key.length - 1);
    } else {
      System.arraycopy(text, 0, key, before.length, length);
    }
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
