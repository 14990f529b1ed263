package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.redis.RedisWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * How fast feeds are written, and what it costs Redis to remember which run was the last: prints
 * writes a second, and bytes a user and an author. Run it alone: it empties the Redis of the shared
 * stack.
 */
final class FeedKeysThroughput {
  private static final int USERS = 100_000;
  private static final int FOLLOWERS = 500;
  private static final int POSTS = 2_000;
  private static final int BATCH = 1_000;
  private static final long FENCE_MILLIS = 8 * 86_400_000L;

  private FeedKeysThroughput() {}

  public static void main(String[] arguments) throws Exception {
    LocalStack stack = Servers.redis();
    FeedKeys keys = new FeedKeys(800, 100, FENCE_MILLIS);
    try (Jedis redis = Servers.client(stack);
        var writer =
            new RedisWriter<>(
                Servers.address(stack), keys, "throughput", LostWrites.heldUntil("nothing"))) {
      writer.open(new UnregisteredMetricsGroup());
      redis.flushAll();
      measure("fillings", USERS, writer, fillings());
      for (int round = 0; round < 3; round++) {
        measure("entries pushed", (long) POSTS * FOLLOWERS, writer, pushes(round));
      }
      measure("posts of timelines", USERS, writer, timelines());
      printBytes("fill", "user", redis);
      printBytes("timeline-run", "author", redis);
      redis.flushAll();
    }
  }

  private static List<FeedWrite> fillings() {
    List<FeedWrite> writes = new ArrayList<>();
    for (long user = 1; user <= USERS; user++) {
      writes.add(new FeedWrite.Open(7, Id.of(user), 1));
      writes.add(new FeedWrite.Complete(7, Id.of(user), 1, 7, 0));
    }
    return writes;
  }

  private static List<FeedWrite> pushes(int round) {
    Random random = new Random(round);
    List<FeedWrite> writes = new ArrayList<>();
    for (long post = 1; post <= POSTS; post++) {
      long id = round * POSTS + post;
      Ids users = Ids.packed(random.longs(FOLLOWERS, 1, USERS + 1L).toArray());
      writes.add(
          new FeedWrite.Push(Id.of(9), Posts.of(Id.of(id), 1_700_000_000_000_000L + id), users));
    }
    return writes;
  }

  private static List<FeedWrite> timelines() {
    List<FeedWrite> writes = new ArrayList<>();
    for (long author = 1; author <= USERS; author++) {
      Posts post = Posts.of(Id.of(author), 1_700_000_000_000_000L + author);
      writes.add(new FeedWrite.Timeline(7, Id.of(author), post, 0, false));
    }
    return writes;
  }

  private static void measure(
      String what, long count, RedisWriter<FeedWrite> writer, List<FeedWrite> writes)
      throws Exception {
    int batch = what.startsWith("entries") ? BATCH / 50 : BATCH;
    long start = System.nanoTime();
    for (int from = 0; from < writes.size(); from += batch) {
      writer.write(writes.subList(from, Math.min(writes.size(), from + batch)));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %,.0f /s%n", what, count / seconds);
  }

  private static void printBytes(String prefix, String of, Jedis redis) {
    long before = used(redis);
    Pipeline pipeline = redis.pipelined();
    for (long id = 1; id <= USERS; id++) {
      pipeline.del(prefix + ":{" + id + "}");
    }
    pipeline.sync();
    System.out.printf(
        "%s: %.0f bytes for each %s%n", prefix, (before - used(redis)) / (double) USERS, of);
  }

  private static long used(Jedis redis) {
    return redis
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
