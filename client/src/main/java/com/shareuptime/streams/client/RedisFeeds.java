package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.feed.Slice;
import com.shareuptime.streams.contract.feed.Window;
import com.shareuptime.streams.contract.feed.ZsetDecoder;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.resps.Tuple;

/** Reads {@code feed:{U}}, {@code pull:{U}} and {@code timeline:{A}} in two pipelines. */
final class RedisFeeds implements FeedStore {
  private final RedisStore redis;
  private final IdKind users;
  private final ZsetDecoder<Tuple> zsets;

  RedisFeeds(RedisStore redis, IdKinds kinds) {
    this.redis = redis;
    this.users = kinds.users();
    this.zsets = new ZsetDecoder<>(Tuple::getElement, Tuple::getScore, kinds.posts());
  }

  @Override
  public StoredFeed read(Id user, Cursor below, Window window, int size) {
    return redis
        .ask(jedis -> ask(jedis, user, below, window, size))
        .orElseGet(() -> StoredFeed.none(State.UNREACHABLE));
  }

  private StoredFeed ask(UnifiedJedis redis, Id user, Cursor below, Window window, int size) {
    Question feed;
    Response<Set<String>> pull;
    try (AbstractPipeline pipeline = redis.pipelined()) {
      feed = Question.ask(pipeline, RedisKey.FEED.of(user), below, window.ofFeed(size));
      // after the feed: an author is put here before the feed goes without him
      pull = pipeline.smembers(RedisKey.PULL.of(user));
    }
    Optional<Slice> own = feed.answer(zsets);
    if (own.isEmpty()) {
      return StoredFeed.none(State.NO_FEED);
    }
    Map<Id, Question> asked = new TreeMap<>();
    if (!pull.get().isEmpty()) {
      try (AbstractPipeline pipeline = redis.pipelined()) {
        for (String member : pull.get()) {
          Id author = RedisId.read(member, users);
          String key = RedisKey.TIMELINE.of(author);
          asked.put(author, Question.ask(pipeline, key, below, window.ofTimeline(size)));
        }
      }
    }
    SortedMap<Id, Optional<Slice>> timelines = new TreeMap<>();
    asked.forEach((author, timeline) -> timelines.put(author, timeline.answer(zsets)));
    return StoredFeed.of(own.get(), timelines);
  }

  private record Question(
      Response<Double> before,
      Response<List<Tuple>> entries,
      Response<Double> after,
      int limit,
      Cursor below) {

    static Question ask(AbstractPipeline pipeline, String key, Cursor below, int limit) {
      return new Question(
          pipeline.zscore(key, FeedZset.SENTINEL),
          pipeline.zrevrangeByScoreWithScores(
              key, below.createdAt(), Double.NEGATIVE_INFINITY, 0, limit),
          pipeline.zscore(key, FeedZset.SENTINEL),
          limit,
          below);
    }

    Optional<Slice> answer(ZsetDecoder<Tuple> zsets) {
      return zsets.slice(before.get(), entries.get(), after.get(), limit, below);
    }
  }
}
