package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** A history in the product's tables, with counters, and in Redis as the feeds job leaves it. */
record HistoryStores(Addresses addresses, History history) {
  /** Entries of a full feed. */
  static final int FEED = 800;

  /** Entries of a full timeline. */
  static final int TIMELINE = 100;

  /** In place of all that is there. */
  void fill() throws SQLException {
    try (Connection connection = addresses.connect()) {
      tables(connection);
      follows(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum (analyze)");
      }
    }
    try (Jedis redis = addresses.redis()) {
      redis.flushAll();
      feeds(redis);
      timelines(redis);
    }
  }

  private void tables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate public.users, streams.counters cascade");
      statement.execute(
          "insert into public.users (id, username, display_name) select id, 'user' || id, 'User'"
              + " from generate_series(1, %d) id".formatted(history.authors()));
      statement.execute(
          "insert into public.users (id, username, display_name) select id, 'user' || id, 'User'"
              + " from generate_series(%d, %d) id"
                  .formatted(history.reader(0), history.reader(history.readers() - 1)));
      statement.execute(
          "insert into public.posts (id, author_id, content, created_at)"
              + " select id, 1 + (id - 1) %% %d, 'post ' || id, timestamptz 'epoch'"
                  .formatted(history.authors())
              + " + (%d + id * 1000000::bigint) * interval '1 microsecond'"
                  .formatted(History.position(0))
              + " from generate_series(1, %d) id".formatted(history.posts()));
      statement.execute(
          "insert into streams.counters (target_type, target_id, likes_count, version)"
              + " select 'post', id, id %% 100, 1 from generate_series(1, %d) id"
                  .formatted(history.posts()));
    }
  }

  private void follows(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into public.follows (follower_id, followee_id) values (?, ?)")) {
      for (int number = 0; number < history.readers(); number++) {
        for (long[] authors : new long[][] {history.pulledBy(number), history.pushedTo(number)}) {
          for (long author : authors) {
            insert.setLong(1, history.reader(number));
            insert.setLong(2, author);
            insert.addBatch();
          }
        }
      }
      insert.executeBatch();
    }
  }

  private void feeds(Jedis redis) {
    for (int number = 0; number < history.readers(); number++) {
      long[] posts = history.newest(history.pushedTo(number), FEED);
      long oldest = History.position(posts[posts.length - 1]);
      redis.zadd(RedisKey.FEED.of(history.reader(number)), members(posts, oldest - 1));
      for (long author : history.pulledBy(number)) {
        redis.sadd(RedisKey.PULL.of(history.reader(number)), Long.toString(author));
      }
    }
  }

  private void timelines(Jedis redis) {
    for (long author = 1; author <= history.pulled(); author++) {
      long[] posts = history.newest(new long[] {author}, TIMELINE);
      redis.zadd(RedisKey.TIMELINE.of(author), members(posts, 0));
    }
  }

  private static Map<String, Double> members(long[] posts, long mark) {
    Map<Long, Long> positions = new HashMap<>();
    for (long post : posts) {
      positions.put(post, History.position(post));
    }
    return FeedZset.members(positions, mark);
  }
}
