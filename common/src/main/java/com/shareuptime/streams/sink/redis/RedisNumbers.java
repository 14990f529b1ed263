package com.shareuptime.streams.sink.redis;

import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.sink.Confirmations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * The hash {@code marks:{SURFACE}}: of each writer, how many of its batches Redis has, and when the
 * last of them came: {@code 17@1764028805123}.
 *
 * @param session the connection
 */
record RedisNumbers(RedisSession session, String surface) implements Confirmations.Numbers {
  /** Longer than any checkpoint or savepoint is restored from. */
  private static final Duration KEPT = Duration.ofDays(30);

  /** Sets the number of a writer, unless Redis holds less than expected; returns what it held. */
  static final String NOTE =
      """
      local held = redis.call('hget', KEYS[1], ARGV[1])
      local number = held and tonumber(held:match('^%d+')) or -1
      if number >= tonumber(ARGV[2]) then redis.call('hset', KEYS[1], ARGV[1], ARGV[3]) end
      return number
      """;

  private String key() {
    return RedisKey.MARKS.of(surface);
  }

  /** The key and arguments of {@link #NOTE}. */
  byte[][] note(String writer, long expected, long number) {
    return new byte[][] {
      bytes(key()), bytes(writer), bytes(Long.toString(expected)), bytes(value(number))
    };
  }

  @Override
  public Map<String, Long> read(Collection<String> writers) {
    List<String> asked = new ArrayList<>(writers);
    List<String> values = session.fields(key(), asked);
    Map<String, Long> numbers = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (values.get(i) != null) {
        numbers.put(asked.get(i), Long.parseLong(part(values.get(i), 0)));
      }
    }
    return numbers;
  }

  @Override
  public void set(String writer, long number) {
    if (number == 0) {
      forgetOld();
    }
    session.run(Command.HSET, key(), writer, value(number));
  }

  /** At each start of a writer, so that the hash does not grow for ever. */
  private void forgetOld() {
    long before = System.currentTimeMillis() - KEPT.toMillis();
    session
        .all(key())
        .forEach(
            (writer, value) -> {
              if (Long.parseLong(part(value, 1)) < before) {
                session.run(Command.HDEL, key(), writer);
              }
            });
    session.run(Command.DEL, "sink:{" + surface + "}"); // of an earlier build
  }

  private static String value(long number) {
    return number + "@" + System.currentTimeMillis();
  }

  private static String part(String value, int part) {
    return value.split("@", 2)[part];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
