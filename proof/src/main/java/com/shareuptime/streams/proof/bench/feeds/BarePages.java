package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.client.FeedReader;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.resps.Tuple;

/**
 * The least that a page can cost: the feed and the timelines in one pipeline, by who knows already
 * whom the reader pulls, and the newest posts of them by their keys in one query, by the bare
 * driver.
 */
final class BarePages implements AutoCloseable {
  private static final String SELECT =
      "select id, author_id, content, created_at from public.posts where id = any(?)";

  private final History history;
  private final Jedis redis;
  private final Connection connection;
  private final PreparedStatement select;

  BarePages(Addresses addresses, History history) throws SQLException {
    this.history = history;
    this.redis = addresses.redis();
    this.connection = addresses.connect();
    this.select = connection.prepareStatement(SELECT);
  }

  /** Returns how many posts it has read. */
  int read(int reader) throws SQLException {
    List<Response<List<Tuple>>> zsets = new ArrayList<>();
    int last = FeedReader.PAGE_SIZE - 1;
    try (Pipeline pipeline = redis.pipelined()) {
      zsets.add(
          pipeline.zrevrangeWithScores(RedisKey.FEED.of(Id.of(history.reader(reader))), 0, last));
      for (long author : history.pulledBy(reader)) {
        zsets.add(pipeline.zrevrangeWithScores(RedisKey.TIMELINE.of(Id.of(author)), 0, last));
      }
    }
    Long[] newest =
        zsets.stream()
            .flatMap(zset -> zset.get().stream())
            .sorted(Comparator.comparingDouble(Tuple::getScore).reversed())
            .limit(FeedReader.PAGE_SIZE)
            .map(entry -> Long.valueOf(entry.getElement()))
            .toArray(Long[]::new);
    select.setArray(1, connection.createArrayOf("bigint", newest));
    int found = 0;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found += rows.getString(3).isEmpty() ? 0 : 1;
      }
    }
    return found;
  }

  @Override
  public void close() throws SQLException {
    redis.close();
    connection.close();
  }
}
