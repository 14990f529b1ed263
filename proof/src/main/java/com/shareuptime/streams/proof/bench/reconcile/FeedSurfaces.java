package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Puts all that the readers follow into their feeds, in Redis and in Postgres. */
record FeedSurfaces(Addresses addresses, BenchSize size) {
  /** Readers whose feeds are written in one go. */
  private static final int PART = 500;

  private static final String MAINTAIN = "select streams.user_feeds_maintain('90 days', 1)";

  private static final String ROWS =
      """
      insert into streams.user_feeds (user_id, post_id, author_id, inserted_at)
      select reader_id, id, author_id, created_at from (%s) entries
      """
          .formatted(FeedQueries.OF_READERS);

  private static final String FEEDS =
      """
      select user_id, post_id, (extract(epoch from inserted_at) * 1000000)::bigint
      from streams.user_feeds where user_id between ? and ? order by user_id
      """;

  /** Returns how many entries all feeds have. */
  long fill() throws SQLException {
    long entries = 0;
    try (Connection connection = addresses.connect();
        Statement statement = connection.createStatement();
        PreparedStatement insert = connection.prepareStatement(ROWS);
        PreparedStatement select = connection.prepareStatement(FEEDS);
        Jedis redis = addresses.redis()) {
      statement.execute(MAINTAIN);
      for (long first = 1; first <= size.readers(); first += PART) {
        long last = Math.min(size.readers(), first + PART - 1);
        Object[] readers = LongStream.rangeClosed(first, last).boxed().toArray();
        insert.setArray(1, connection.createArrayOf("bigint", readers));
        entries += insert.executeUpdate();
        select.setLong(1, first);
        select.setLong(2, last);
        try (ResultSet rows = select.executeQuery();
            Pipeline pipeline = redis.pipelined()) {
          zsets(rows, pipeline);
        }
      }
      statement.execute("vacuum (analyze) streams.user_feeds");
    }
    return entries;
  }

  private static void zsets(ResultSet rows, Pipeline pipeline) throws SQLException {
    Map<Long, Map<Long, Long>> feeds = new HashMap<>();
    while (rows.next()) {
      feeds
          .computeIfAbsent(rows.getLong(1), reader -> new HashMap<>())
          .put(rows.getLong(2), rows.getLong(3));
    }
    feeds.forEach(
        (reader, positions) ->
            pipeline.zadd(
                RedisKey.FEED.of(reader), FeedZset.members(positions, FeedZset.NOTHING_OLDER)));
  }
}
