package com.shareuptime.streams.reconcile.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.feed.ZsetDecoder;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.redis.RedisConnections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.Tuple;

/** Feeds and timelines of Redis, by the read contract. Not thread-safe. */
final class Zsets implements AutoCloseable {
  /** Zsets of one pipeline: of 800 entries each, some megabytes. */
  private static final int CHUNK = 100;

  private final RedisAddress address;
  private final IdKind users;
  private final ZsetDecoder<Tuple> zsets;

  private Jedis redis;

  Zsets(RedisAddress address, IdKinds kinds) {
    this.address = address;
    this.users = kinds.users();
    this.zsets = new ZsetDecoder<>(Tuple::getElement, Tuple::getScore, kinds.posts());
  }

  /** Of those of the users who have one. */
  Map<Id, FeedCopy> feeds(Ids users) {
    return read(RedisKey.FEED, users, true);
  }

  /** Of those of the authors who have one. */
  Map<Id, FeedCopy> timelines(Ids authors) {
    return read(RedisKey.TIMELINE, authors, false);
  }

  private Map<Id, FeedCopy> read(RedisKey key, Ids ids, boolean withPulled) {
    Map<Id, FeedCopy> copies = new HashMap<>();
    try {
      for (int from = 0; from < ids.size(); from += CHUNK) {
        Ids chunk = ids.range(from, Math.min(ids.size(), from + CHUNK));
        readChunk(key, chunk, withPulled, copies);
      }
      return copies;
    } catch (JedisException e) {
      close();
      throw e;
    }
  }

  private void readChunk(RedisKey key, Ids ids, boolean withPulled, Map<Id, FeedCopy> copies) {
    if (redis == null) {
      redis = RedisConnections.client(address);
    }
    List<Response<List<Tuple>>> entries = new ArrayList<>(ids.size());
    List<Response<Set<String>>> pulls = new ArrayList<>(ids.size());
    try (Pipeline pipeline = redis.pipelined()) {
      for (Id id : ids) {
        // an author is put into pull before the feed goes without his posts
        entries.add(pipeline.zrangeWithScores(key.of(id), 0, -1));
        if (withPulled) {
          pulls.add(pipeline.smembers(RedisKey.PULL.of(id)));
        }
      }
    }
    for (int i = 0; i < ids.size(); i++) {
      Set<String> pulled = withPulled ? pulls.get(i).get() : Set.of();
      FeedCopy copy = copy(entries.get(i).get(), pulled);
      if (copy.mark() != Long.MAX_VALUE) {
        copies.put(ids.get(i), copy);
      }
    }
  }

  private FeedCopy copy(List<Tuple> members, Set<String> pulled) {
    Map<Id, Long> positions = new HashMap<>();
    // what is no post's id is one entry too many
    OptionalLong mark = zsets.whole(members, positions::put, other -> {});
    return new FeedCopy(
        mark.orElse(Long.MAX_VALUE),
        pulled.stream().map(author -> RedisId.read(author, users)).collect(Collectors.toSet()),
        positions);
  }

  @Override
  public void close() {
    if (redis != null) {
      redis.close();
      redis = null;
    }
  }
}
