package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
  private static final String SENTINEL = "~";
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
    Reply feed;
    Response<Set<String>> pull;
    try (AbstractPipeline pipeline = redis.pipelined()) {
      feed = Reply.of(pipeline, "feed:{" + user + "}", below, window.ofFeed(size));
      // after the feed: an author is put here before the feed goes without him
      pull = pipeline.smembers("pull:{" + user + "}");
    }
    if (!feed.isThere()) {
      return StoredFeed.none(State.NO_FEED);
    }
    Set<Long> authors = new TreeSet<>();
    pull.get().forEach(author -> authors.add(Long.parseLong(author)));
    Map<Long, Reply> timelines = new TreeMap<>();
    if (!authors.isEmpty()) {
      try (AbstractPipeline pipeline = redis.pipelined()) {
        for (long author : authors) {
          String key = "timeline:{" + author + "}";
          timelines.put(author, Reply.of(pipeline, key, below, window.ofTimeline(size)));
        }
      }
    }
    return merge(feed, timelines, below);
  }

  private static StoredFeed merge(Reply feed, Map<Long, Reply> timelines, Cursor below) {
    List<Long> missing =
        timelines.keySet().stream().filter(author -> !timelines.get(author).isThere()).toList();
    List<Long> pulled = List.copyOf(timelines.keySet());
    if (!missing.isEmpty()) {
      return new StoredFeed(
          new Completeness(State.NO_TIMELINE, OptionalLong.empty(), pulled, missing), List.of());
    }
    List<Slice> slices = new ArrayList<>();
    slices.add(feed.slice(Origin.PUSH, below));
    timelines.values().forEach(timeline -> slices.add(timeline.slice(Origin.PULL, below)));
    long bound = slices.stream().mapToLong(Slice::mark).max().orElseThrow();
    return new StoredFeed(
        new Completeness(State.COMPLETE, OptionalLong.of(bound), pulled, List.of()), slices);
  }

  /**
   * One zset. The mark is read before and after the entries: missing before, the zset is being
   * built; raised meanwhile, entries may have been trimmed that were not read.
   */
  private record Reply(
      Response<Double> before, Response<List<Tuple>> entries, Response<Double> after, int limit) {

    static Reply of(AbstractPipeline pipeline, String key, Cursor below, int limit) {
      return new Reply(
          pipeline.zscore(key, SENTINEL),
          pipeline.zrevrangeByScoreWithScores(
              key, below.createdAt(), Double.NEGATIVE_INFINITY, 0, limit),
          pipeline.zscore(key, SENTINEL),
          limit);
    }

    boolean isThere() {
      return before.get() != null && after.get() != null;
    }

    Slice slice(Origin origin, Cursor below) {
      long mark = Math.max(position(before.get()), position(after.get()));
      boolean reachesMark = limit == Window.ALL || entries.get().size() < limit;
      long lowest = mark;
      List<Cursor> found = new ArrayList<>();
      for (Tuple tuple : entries.get()) {
        if (tuple.getElement().equals(SENTINEL)) {
          reachesMark = true;
          break;
        }
        lowest = position(tuple.getScore());
        Cursor entry = new Cursor(lowest, Long.parseLong(tuple.getElement()));
        if (entry.isOlderThan(below)) {
          found.add(entry);
        }
      }
      // above the last entry only: ties are in the order of the text, so some may be cut off
      return new Slice(origin, found, mark, reachesMark ? mark : Math.max(mark, lowest));
    }

    private static long position(double score) {
      return (long) score;
    }
  }
}
