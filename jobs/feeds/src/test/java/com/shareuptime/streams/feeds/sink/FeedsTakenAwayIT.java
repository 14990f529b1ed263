package com.shareuptime.streams.feeds.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.OlderCopy;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.redis.RedisWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@Timeout(120)
class FeedsTakenAwayIT {
  private static final FeedKeys KEYS = new FeedKeys(800, 100, 86_400_000);

  private static final long RUN = 5;

  private final LocalStack stack = Servers.redis();
  private final FeedsTakenAway losses = new FeedsTakenAway(Servers.address(stack), "rebuild");
  private Jedis redis;

  @BeforeEach
  void connect() {
    redis = Servers.client(stack);
    redis.flushAll();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  private RedisWriter<FeedWrite> writer() {
    var writer = new RedisWriter<>(Servers.address(stack), KEYS, "feeds.redis", losses);
    writer.open(new UnregisteredMetricsGroup());
    return writer;
  }

  private static boolean isComplete(Jedis redis, String key) {
    return redis.zscore(key, "~") != null;
  }

  @Test
  void feedsAndTimelinesOfAnOlderCopyAreTakenAway(@TempDir Path folder) throws Exception {
    for (int user = 1; user <= 3_000; user++) {
      redis.zadd("feed:{" + user + "}", 0, "~");
      redis.zadd("timeline:{" + user + "}", 0, "~");
      redis.hset("fill:{" + user + "}", Map.of("run", "5", "epoch", "1", "mark", "0"));
    }
    redis.set("other", "stays");
    OlderCopy copy = OlderCopy.of(stack, Server.REDIS, folder);
    try (var writer = writer()) {
      writer.write(List.of(push(Id.of(7), Id.of(102))));
      copy.putBack();
      writeUntilItSucceeds(writer);
      redis.close();
      redis = Servers.client(stack);
      assertThat(redis.keys("feed:*")).as("what was remembered").containsExactly("feed:{7}");
      assertThat(isComplete(redis, "feed:{7}")).isFalse();
      assertThat(redis.keys("timeline:*")).isEmpty();
      assertThat(redis.hgetAll("fill:{9}")).as("the fence stays").isEqualTo(Map.of("run", "5"));
      assertThat(redis.get("other")).isEqualTo("stays");
      assertThat(writer.lacksWrites()).isFalse();
    }
  }

  @Test
  void aFillingThatIsUnderWayCompletesNothing() throws Exception {
    try (var writer = writer()) {
      writer.write(List.of(new FeedWrite.Open(RUN, Id.of(7), 2), push(Id.of(7), Id.of(102))));
      losses.makeGood(List.of());
      writer.write(
          List.of(push(Id.of(7), Id.of(103)), new FeedWrite.Complete(RUN, Id.of(7), 2, RUN, 0)));
      assertThat(isComplete(redis, "feed:{7}")).isFalse();
      writer.write(
          List.of(
              new FeedWrite.Open(RUN, Id.of(7), 3),
              push(Id.of(7), Id.of(102)),
              push(Id.of(7), Id.of(103)),
              new FeedWrite.Complete(RUN, Id.of(7), 3, RUN, 0)));
      assertThat(isComplete(redis, "feed:{7}")).isTrue();
    }
  }

  /** Of posts behind which this feed is not trimmed: nobody's feed would go at once. */
  private static FeedWrite push(Id user, Id post) {
    return new FeedWrite.Push(Id.of(9), Posts.of(post, post.number()), Ids.of(user));
  }

  private static void writeUntilItSucceeds(RedisWriter<FeedWrite> writer) {
    await()
        .ignoreExceptions()
        .until(
            () -> {
              writer.write(List.of());
              return true;
            });
  }
}
