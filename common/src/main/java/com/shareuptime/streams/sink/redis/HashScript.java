package com.shareuptime.streams.sink.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Compare-and-set of a whole hash by its field {@code v}, a decimal of {@value #VERSION_DIGITS}
 * digits.
 *
 * @param tombstone how long a deleted key stays: longer than the longest replay
 */
public record HashScript<T>(VersionedHash.Mapping<T> mapping, Duration tombstone)
    implements RedisScript<T> {
  /** Digits of the largest version. */
  static final int VERSION_DIGITS = 19;

  private static final byte[] LIVE = {};

  /** A tombstone has no fields, so only a write that adds some needs to look for one. */
  private static final String SOURCE =
      """
      local held = redis.call('hget', KEYS[1], 'v')
      if held and held >= ARGV[1] then return 0 end
      if ARGV[2] ~= '' then
        redis.call('del', KEYS[1])
        redis.call('hset', KEYS[1], 'v', ARGV[1], 'deleted', '1')
        redis.call('expire', KEYS[1], ARGV[2])
      elseif redis.call('hset', KEYS[1], 'v', ARGV[1], unpack(ARGV, 3)) > 0
          and redis.call('hdel', KEYS[1], 'deleted') > 0 then
        redis.call('persist', KEYS[1])
      end
      return 1
      """;

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public byte[][] call(T value) {
    VersionedHash hash = mapping.hash(value);
    byte[][] call = new byte[3 + hash.fields().size()][];
    call[0] = hash.key().getBytes(StandardCharsets.UTF_8);
    call[1] = digits(hash.version());
    call[2] =
        hash.deleted()
            ? Long.toString(tombstone.toSeconds()).getBytes(StandardCharsets.US_ASCII)
            : LIVE;
    for (int i = 0; i < hash.fields().size(); i++) {
      call[3 + i] = hash.fields().get(i).getBytes(StandardCharsets.UTF_8);
    }
    return call;
  }

  /** By hand: a formatter would take longer than the rest of the write. */
  static byte[] digits(long version) {
    byte[] digits = new byte[VERSION_DIGITS];
    long rest = version;
    for (int i = VERSION_DIGITS - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits;
  }
}
