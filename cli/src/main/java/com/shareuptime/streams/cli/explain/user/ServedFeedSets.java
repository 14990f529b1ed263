package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.explain.user.RedisFeed.Timeline;
import com.shareuptime.streams.cli.explain.user.RedisFeed.Zset;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.ZsetDecoder;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.Tuple;

/** The keys of feeds as they lie in Redis; not how pages are read. */
record ServedFeedSets(Settings settings, IdKinds kinds) {
  RedisFeed read(Id user) {
    try (Jedis redis = Servers.redis(settings)) {
      List<Timeline> pulled = new ArrayList<>();
      // as readers: the pulled authors after the feed, the timelines at last
      Zset own = zset(redis, RedisKey.FEED.of(user));
      for (String member : new TreeSet<>(redis.smembers(RedisKey.PULL.of(user)))) {
        Id author = RedisId.read(member, kinds.users());
        pulled.add(new Timeline(author, zset(redis, RedisKey.TIMELINE.of(author))));
      }
      return new RedisFeed(own, redis.hexists(RedisKey.FILL.of(user), "epoch"), pulled, null);
    } catch (NumberFormatException e) {
      return RedisFeed.away("Redis has entries that are no ids: " + e.getMessage());
    } catch (JedisException e) {
      return RedisFeed.away("Redis does not answer: " + e.getMessage());
    }
  }

  /** None of a key that holds something else: readers make nothing of it either. */
  private static List<Tuple> members(Jedis redis, String key) {
    try {
      return redis.zrevrangeWithScores(key, 0, -1);
    } catch (JedisException e) {
      if (Servers.isOfAnotherType(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private Zset zset(Jedis redis, String key) {
    List<Cursor> positions = new ArrayList<>();
    OptionalLong mark =
        new ZsetDecoder<>(Tuple::getElement, Tuple::getScore, kinds.posts())
            .whole(
                members(redis, key),
                (post, position) -> positions.add(new Cursor(position, post)),
                other -> {
                  throw new NumberFormatException(other);
                });
    return new Zset(positions, mark.isPresent() ? mark.getAsLong() : null);
  }
}
