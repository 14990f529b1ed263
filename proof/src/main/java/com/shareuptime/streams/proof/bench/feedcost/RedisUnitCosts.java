package com.shareuptime.streams.proof.bench.feedcost;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.feed.Window;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol.Command;

/**
 * Measures the unit costs on a Redis of its own, which writes its append-only file as the local
 * stack's does. They are CPU time of the Redis process, all of its threads, system calls included,
 * and so not the client's. A busy machine makes them larger, by caches gone cold and batches cut
 * short: of several rounds the cheapest counts.
 *
 * <p>The commands are those of the read contract on keys as large as it says. 2,000 full feeds take
 * some 200 MB, so that they don't lie in a processor's cache.
 */
final class RedisUnitCosts {
  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration ROUND = Duration.ofMillis(500);
  private static final int ROUNDS = 12;

  private static final int KEYS = 2_000;
  private static final int FEED = 800;
  private static final int TIMELINE = 100;
  private static final int TRIM_ONE_OF = 32;

  private static final int PAGE_SIZE = 20;

  /** Timelines read in one pipeline. */
  private static final int PULLED_A_PAGE = 10;

  private static final long FIRST_POSITION = 1_700_000_000_000_000L;

  /** The commands that the feeds job's trimming of a complete feed runs. */
  private static final String TRIM =
      """
      local mark = redis.call('zscore', KEYS[1], ARGV[2])
      local over = redis.call('zcard', KEYS[1]) - tonumber(ARGV[1]) - 1
      if not mark or over <= 0 then return 1 end
      redis.call('zrem', KEYS[1], ARGV[2])
      local popped = redis.call('zpopmin', KEYS[1], over)
      redis.call('zadd', KEYS[1], popped[#popped], ARGV[2])
      return 1
      """;

  private final Jedis redis;
  private final ProcessHandle server;
  private final SplittableRandom random;
  private final String trim;
  private long post = FEED;

  private RedisUnitCosts(Jedis redis, ProcessHandle server, long seed) {
    this.redis = redis;
    this.server = server;
    this.random = new SplittableRandom(seed);
    this.trim = redis.scriptLoad(TRIM);
  }

  /** Takes some 20 seconds. */
  static UnitCosts measure(long seed) {
    LocalStack stack = LocalStack.shared(Set.of(Server.REDIS));
    ProcessHandle server = ProcessHandle.of(stack.pid(Server.REDIS).orElseThrow()).orElseThrow();
    try (Jedis redis = new Jedis(URI.create(stack.redisUrl()), 30_000)) {
      // copying what a rewrite of the file still reads would be counted, and comes seldom in
      // earnest
      redis.configSet("auto-aof-rewrite-percentage", "0");
      RedisUnitCosts costs = new RedisUnitCosts(redis, server, seed);
      costs.fill(RedisKey.FEED, FEED);
      costs.fill(RedisKey.TIMELINE, TIMELINE);
      return new UnitCosts(costs.micros(costs::pushPost), costs.micros(costs::readPulled));
    } finally {
      stack.wipe();
    }
  }

  private void fill(RedisKey zset, int size) {
    Map<Id, Long> entries = new HashMap<>();
    for (int i = 1; i < size + 1; i++) {
      entries.put(Id.of(id(i)), position(i));
    }
    for (int key = 0; key < KEYS; key++) {
      redis.zadd(zset.of(Id.of(key)), FeedZset.members(entries, FIRST_POSITION));
    }
  }

  /** CPU time of one operation; {@code some} does a number of them, and returns it. */
  private double micros(LongSupplier some) {
    repeat(some, WARM_UP);
    double least = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Duration before = cpu();
      long done = repeat(some, ROUND);
      least = Math.min(least, cpu().minus(before).toNanos() / 1e3 / done);
    }
    return least;
  }

  private static long repeat(LongSupplier some, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long done = 0;
    while (System.nanoTime() < end) {
      done += some.getAsLong();
    }
    return done;
  }

  private Duration cpu() {
    return server.info().totalCpuDuration().orElseThrow();
  }

  private long pushPost() {
    post++;
    try (Pipeline pipeline = redis.pipelined()) {
      for (int user = 0; user < KEYS; user++) {
        String key = RedisKey.FEED.of(Id.of(user));
        pipeline.sendCommand(
            Command.ZADD, key, Long.toString(position(post)), Long.toString(id(post)));
        if ((post * 31 + user) % TRIM_ONE_OF == 0) {
          pipeline.evalsha(trim, 1, key, Integer.toString(FEED), FeedZset.SENTINEL);
        }
      }
    }
    return KEYS;
  }

  private long readPulled() {
    try (Pipeline pipeline = redis.pipelined()) {
      for (int i = 0; i < PULLED_A_PAGE; i++) {
        String key = RedisKey.TIMELINE.of(Id.of(random.nextInt(KEYS)));
        pipeline.zscore(key, FeedZset.SENTINEL);
        pipeline.zrevrangeByScoreWithScores(
            key,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            0,
            Window.TOP.ofTimeline(PAGE_SIZE));
        pipeline.zscore(key, FeedZset.SENTINEL);
      }
    }
    return PULLED_A_PAGE;
  }

  private static long id(long post) {
    return 1_000_000_000 + post;
  }

  /** A post a second. */
  private static long position(long post) {
    return FIRST_POSITION + post * 1_000_000;
  }
}
