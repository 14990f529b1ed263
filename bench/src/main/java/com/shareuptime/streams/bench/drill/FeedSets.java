package com.shareuptime.streams.bench.drill;

import com.shareuptime.streams.bench.drill.FeedEntries.Entry;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import redis.clients.jedis.Jedis;

/** Entries of feeds in Redis: taken out, and put a second earlier. */
final class FeedSets implements Spoiler {
  private static final long SECOND = 1_000_000;

  private final Connection connection;
  private final Jedis redis;
  private final FeedEntries entries;

  FeedSets(Addresses addresses) throws SQLException {
    this.connection = addresses.connect();
    this.redis = addresses.redis();
    this.entries = new FeedEntries(connection, redis);
  }

  @Override
  public String surface() {
    return "feeds.redis";
  }

  @Override
  public List<Spoiled> spoil(int rows, SplittableRandom random) throws SQLException {
    List<Spoiled> spoiled = new ArrayList<>();
    for (Entry entry : entries.choose(rows, random)) {
      String feed = FeedEntries.feed(entry.user());
      String post = Long.toString(entry.post());
      if (redis.zrem(feed, post) == 0) {
        continue; // on its way to the feed
      }
      String left = ABSENT;
      if (random.nextBoolean()) {
        long moved = entry.position() - SECOND;
        long unused = redis.zadd(feed, (double) moved, post);
        left = Long.toString(moved);
      }
      spoiled.add(new Spoiled(surface(), entry.key(), entry.post(), entry.rows(), left));
    }
    return spoiled;
  }

  @Override
  public String read(Spoiled row) {
    Double position = redis.zscore(FeedEntries.feed(row.id()), Long.toString(row.entry()));
    return position == null ? ABSENT : Long.toString(position.longValue());
  }

  @Override
  public boolean isStillWrong(Spoiled row) throws SQLException {
    return entries.isStillDemanded(row);
  }

  @Override
  public void close() throws SQLException {
    redis.close();
    connection.close();
  }
}
