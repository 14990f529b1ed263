package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
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
  long fill() {
    long entries = 0;
    try (Handle handle = ProductDatabase.at(addresses).open();
        Jedis redis = addresses.redis()) {
      handle.execute(MAINTAIN);
      for (long first = 1; first <= size.readers(); first += PART) {
        long last = Math.min(size.readers(), first + PART - 1);
        List<Long> readers = LongStream.rangeClosed(first, last).boxed().toList();
        entries += handle.createUpdate(ROWS).bindArray(0, Long.class, readers).execute();
        try (Pipeline pipeline = redis.pipelined()) {
          feeds(handle, first, last)
              .forEach(
                  (reader, positions) ->
                      pipeline.zadd(
                          RedisKey.FEED.of(reader),
                          FeedZset.members(positions, FeedZset.NOTHING_OLDER)));
        }
      }
      handle.execute("vacuum (analyze) streams.user_feeds");
    }
    return entries;
  }

  private static Map<Id, Map<Id, Long>> feeds(Handle handle, long first, long last) {
    return handle
        .select(FEEDS, first, last)
        .reduceResultSet(
            new HashMap<>(),
            (feeds, row, context) -> {
              feeds
                  .computeIfAbsent(Id.of(row.getLong(1)), reader -> new HashMap<>())
                  .put(Id.of(row.getLong(2)), row.getLong(3));
              return feeds;
            });
  }
}
