package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Spoils counters of both surfaces, all over their range: of each some are changed, some deleted,
 * and some are there for posts that are not.
 */
record CorruptCounters(Addresses addresses, BenchSize size) {
  /** Of each of both surfaces so many are changed, and as many deleted. */
  private static final int EACH = 2_000;

  private static final int ADDED = 1_000;

  private static final String POSTGRES = "counters.postgres";
  private static final String REDIS = "counters.redis";

  private static final String CHOSEN =
      "select target_id from streams.counters where likes_count > 0"
          + " order by hashint8(target_id), target_id limit "
          + 4 * EACH;

  private static final String CHANGE =
      "update streams.counters set likes_count = likes_count + 1"
          + " where target_type = 'post' and target_id = any (?)";

  private static final String DELETE =
      "delete from streams.counters where target_type = 'post' and target_id = any (?)";

  private static final String ADD =
      "insert into streams.counters (target_type, target_id, likes_count, version)"
          + " select 'post', id, 1, 1 from unnest(?::bigint[]) id";

  /** Returns all that must be found, as {@code counters.redis post:42 wrong}. */
  Set<String> spoil() {
    Set<String> spoiled = new HashSet<>();
    List<Long> added =
        LongStream.rangeClosed(size.posts() + 1, size.posts() + ADDED).boxed().toList();
    try (Handle handle = ProductDatabase.at(addresses).open();
        Jedis redis = addresses.redis();
        Pipeline pipeline = redis.pipelined()) {
      List<Long> chosen = handle.select(CHOSEN).mapTo(Long.class).list();
      int each = chosen.size() / 4;
      List<Long> changedRows = chosen.subList(0, each);
      List<Long> deletedRows = chosen.subList(each, 2 * each);
      List<Long> changedHashes = chosen.subList(2 * each, 3 * each);
      List<Long> deletedHashes = chosen.subList(3 * each, 4 * each);
      execute(handle, CHANGE, changedRows);
      execute(handle, DELETE, deletedRows);
      execute(handle, ADD, added);
      changedHashes.forEach(post -> pipeline.hincrBy(CounterSurfaces.key(post), "likes", 1));
      deletedHashes.forEach(post -> pipeline.del(CounterSurfaces.key(post)));
      added.forEach(post -> pipeline.hset(CounterSurfaces.key(post), "likes", "1"));
      note(spoiled, POSTGRES, changedRows, "wrong");
      note(spoiled, POSTGRES, deletedRows, "missing");
      note(spoiled, POSTGRES, added, "extra");
      note(spoiled, REDIS, changedHashes, "wrong");
      note(spoiled, REDIS, deletedHashes, "missing");
      note(spoiled, REDIS, added, "extra");
    }
    return spoiled;
  }

  private static void execute(Handle handle, String sql, List<Long> posts) {
    handle.createUpdate(sql).bindArray(0, Long.class, posts).execute();
  }

  private static void note(Set<String> spoiled, String surface, List<Long> posts, String kind) {
    posts.forEach(post -> spoiled.add(surface + " post:" + post + " " + kind));
  }
}
