package com.shareuptime.streams.proof.bench.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

/** Spells likes as the product's services do, a random UUID as the id of each. Not thread-safe. */
public final class EventEncoder {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final SplittableRandom random;
  private final StringBuilder json = new StringBuilder(240);
  private final TimeText time = new TimeText();

  public EventEncoder(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The record's key: all events of a post are in one partition. */
  public static byte[] key(long post) {
    return ("post:" + post).getBytes(US_ASCII);
  }

  public byte[] like(long post, long user, long atMillis) {
    json.setLength(0);
    json.append("{\"event_id\":\"");
    uuid();
    json.append("\",\"type\":\"like\",\"action\":\"create\",\"target\":\"post\",\"target_id\":");
    json.append(post).append(",\"actor_id\":").append(user);
    json.append(",\"occurred_at\":\"").append(time.of(atMillis * 1_000)).append("\"}");
    return json.toString().getBytes(US_ASCII);
  }

  private void uuid() {
    long high = random.nextLong();
    long low = random.nextLong();
    hex(high, 60, 32);
    json.append('-');
    hex(high, 28, 16);
    json.append('-');
    hex(high, 12, 0);
    json.append('-');
    hex(low, 60, 48);
    json.append('-');
    hex(low, 44, 0);
  }

  private void hex(long bits, int from, int to) {
    for (int shift = from; shift >= to; shift -= 4) {
      json.append(HEX[(int) (bits >>> shift) & 15]);
    }
  }
}
