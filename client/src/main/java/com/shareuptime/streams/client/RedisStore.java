package com.shareuptime.streams.client;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis, which may be away. After a failure it is not asked again for a moment: an outage costs one
 * timeout, not one a read.
 */
final class RedisStore {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UnifiedJedis redis;
  private final LongSupplier clock;
  private volatile long failedAt;
  private volatile boolean isPaused;

  /**
   * @param redis null if there is none
   * @param clock nanoseconds
   */
  RedisStore(UnifiedJedis redis, LongSupplier clock) {
    this.redis = redis;
    this.clock = clock;
  }

  boolean isUsed() {
    return redis != null;
  }

  /** The answer; empty if there is none now, or it is not of the form that it has to have. */
  <T> Optional<T> ask(Function<UnifiedJedis, T> question) {
    if (redis == null || isPaused && clock.getAsLong() - failedAt < PAUSE_NANOS) {
      return Optional.empty();
    }
    try {
      T answer = question.apply(redis);
      isPaused = false;
      return Optional.of(answer);
    } catch (JedisException | NumberFormatException e) {
      failedAt = clock.getAsLong();
      isPaused = true;
      return Optional.empty();
    }
  }
}
