package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.Tuple;

/**
 * Reads {@code feed:{U}}, {@code pull:{U}} and {@code timeline:{A}} in two pipelines. After a
 * failure it does not ask again for a moment: an outage costs one timeout, not one a read.
 */
final class RedisFeeds implements FeedStore {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UnifiedJedis redis;
  private final LongSupplier clock;
  private volatile long failedAt;
  private volatile boolean isPaused;

  RedisFeeds(UnifiedJedis redis, LongSupplier clock) {
    this.redis = redis;
    this.clock = clock;
  }

  @Override
  public StoredFeed read(long user, Cursor below, Window window, int size) {
    if (isPaused && clock.getAsLong() - failedAt < PAUSE_NANOS) {
      return StoredFeed.none(State.UNREACHABLE);
    }
    try {
      StoredFeed feed = ask(user, below, window, size);
      isPaused = false;
      return feed;
    } catch (JedisException | NumberFormatException e) {
      failedAt = clock.getAsLong();
      isPaused = true;
      return StoredFeed.none(State.UNREACHABLE);
    }
  }

  private StoredFeed ask(long user, Cursor below, Window window, int size) {
    Question feed;
    Response<Set<String>> pull;
    try (AbstractPipeline pipeline = redis.pipelined()) {
      feed = Question.ask(pipeline, "feed:{" + user + "}", below, window.ofFeed(size));
      // after the feed: an author is put here before the feed goes without him
      pull = pipeline.smembers("pull:{" + user + "}");
    }
    ZsetReply own = feed.reply();
    if (!own.isThere()) {
      return StoredFeed.none(State.NO_FEED);
    }
    Map<Long, Question> asked = new TreeMap<>();
    if (!pull.get().isEmpty()) {
      try (AbstractPipeline pipeline = redis.pipelined()) {
        for (String author : pull.get()) {
          String key = "timeline:{" + author + "}";
          asked.put(
              Long.valueOf(author), Question.ask(pipeline, key, below, window.ofTimeline(size)));
        }
      }
    }
    SortedMap<Long, ZsetReply> timelines = new TreeMap<>();
    asked.forEach((author, timeline) -> timelines.put(author, timeline.reply()));
    return StoredFeed.of(own, timelines, below);
  }

  private record Question(
      Response<Double> before, Response<List<Tuple>> entries, Response<Double> after, int limit) {

    static Question ask(AbstractPipeline pipeline, String key, Cursor below, int limit) {
      return new Question(
          pipeline.zscore(key, ZsetReply.SENTINEL),
          pipeline.zrevrangeByScoreWithScores(
              key, below.createdAt(), Double.NEGATIVE_INFINITY, 0, limit),
          pipeline.zscore(key, ZsetReply.SENTINEL),
          limit);
    }

    ZsetReply reply() {
      return new ZsetReply(before.get(), entries.get(), after.get(), limit);
    }
  }
}
