package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import redis.clients.jedis.Jedis;

/** A history in the product's tables, with counters, and in Redis as the feeds job leaves it. */
record HistoryStores(Addresses addresses, History history) {
  /** Entries of a full feed. */
  static final int FEED = 800;

  /** Entries of a full timeline. */
  static final int TIMELINE = 100;

  private static final String USERS =
      """
      insert into public.users (id, username, display_name)
      select id, 'user' || id, 'User' from generate_series(?, ?) id
      """;
  private static final String POSTS =
      """
      insert into public.posts (id, author_id, content, created_at)
      select id, 1 + (id - 1) % ?, 'post ' || id,
             timestamptz 'epoch' + (? + id * 1000000::bigint) * interval '1 microsecond'
      from generate_series(1, ?) id
      """;
  private static final String COUNTERS =
      """
      insert into streams.counters (target_type, target_id, likes_count, version)
      select 'post', id, id % 100, 1 from generate_series(1, ?) id
      """;
  private static final String FOLLOW =
      "insert into public.follows (follower_id, followee_id) values (?, ?)";

  /** In place of all that is there. */
  void fill() {
    ProductDatabase.at(addresses)
        .useHandle(
            handle -> {
              tables(handle);
              follows(handle);
              handle.execute("vacuum (analyze)");
            });
    try (Jedis redis = addresses.redis()) {
      redis.flushAll();
      feeds(redis);
      timelines(redis);
    }
  }

  private void tables(Handle handle) {
    handle.execute("truncate public.users, streams.counters cascade");
    handle.execute(USERS, 1, history.authors());
    handle.execute(USERS, history.reader(0), history.reader(history.readers() - 1));
    handle.execute(POSTS, history.authors(), History.position(0), history.posts());
    handle.execute(COUNTERS, history.posts());
  }

  private void follows(Handle handle) {
    PreparedBatch batch = handle.prepareBatch(FOLLOW);
    for (int number = 0; number < history.readers(); number++) {
      for (long[] authors : new long[][] {history.pulledBy(number), history.pushedTo(number)}) {
        for (long author : authors) {
          batch.add(history.reader(number), author);
        }
      }
    }
    batch.execute();
  }

  private void feeds(Jedis redis) {
    for (int number = 0; number < history.readers(); number++) {
      long[] posts = history.newest(history.pushedTo(number), FEED);
      long oldest = History.position(posts[posts.length - 1]);
      Id reader = Id.of(history.reader(number));
      redis.zadd(RedisKey.FEED.of(reader), members(posts, oldest - 1));
      for (long author : history.pulledBy(number)) {
        redis.sadd(RedisKey.PULL.of(reader), Long.toString(author));
      }
    }
  }

  private void timelines(Jedis redis) {
    for (long author = 1; author <= history.pulled(); author++) {
      long[] posts = history.newest(new long[] {author}, TIMELINE);
      redis.zadd(RedisKey.TIMELINE.of(Id.of(author)), members(posts, 0));
    }
  }

  private static Map<String, Double> members(long[] posts, long mark) {
    Map<Id, Long> positions = new HashMap<>();
    for (long post : posts) {
      positions.put(Id.of(post), History.position(post));
    }
    return FeedZset.members(positions, mark);
  }
}
