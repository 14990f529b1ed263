package com.shareuptime.streams.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.sink.Item;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.OlderCopy;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.SinkHarness;
import com.shareuptime.streams.sink.StoreMark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@Timeout(120)
class RedisWriterIT {
  private static final long BEYOND_DOUBLE = (1L << 53) + 1;

  private final LocalStack stack = Servers.redis();
  private final Map<String, Counter> counters = new HashMap<>();
  private final RedisWriter<VersionedHash> writer = writer();
  private Jedis redis;

  private RedisWriter<VersionedHash> writer() {
    return new RedisWriter<>(
        Servers.address(stack),
        new HashScript<>(hash -> hash, Duration.ofDays(8)),
        "test.redis",
        LostWrites.heldUntil("mend"));
  }

  private void open(RedisWriter<VersionedHash> opened) {
    opened.open(
        new UnregisteredMetricsGroup() {
          @Override
          public Counter counter(String name) {
            return counters.computeIfAbsent(name, unused -> new SimpleCounter());
          }
        });
  }

  @BeforeEach
  void open() {
    redis = Servers.client(stack);
    redis.flushAll();
    open(writer);
  }

  @AfterEach
  void close() {
    writer.close();
    redis.close();
    stack.start(Set.of(Server.REDIS));
  }

  private void restartRedis() {
    stack.kill(Server.REDIS);
    stack.start(Server.REDIS);
    redis.close();
    redis = Servers.client(stack);
  }

  private static VersionedHash likes(long version, long likes) {
    return VersionedHash.live(
        "counters:{post:1}", version, "likes", Long.toString(likes), "shares", "0");
  }

  @Test
  void anOlderVersionNeverOverwritesANewerOne() throws Exception {
    writer.write(List.of(likes(10, 5)));
    writer.write(List.of(likes(9, 4)));
    assertThat(redis.hgetAll("counters:{post:1}"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("likes", "5", "shares", "0", "v", "0000000000000000010"));
    writer.write(List.of(likes(11, 6)));
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("6");
    assertThat(counters.get("staleWrites").getCount()).isEqualTo(1);
  }

  @Test
  void versionsThatADoubleCannotTellApartAreTold() throws Exception {
    writer.write(List.of(likes(BEYOND_DOUBLE, 2)));
    writer.write(List.of(likes(BEYOND_DOUBLE - 1, 1)));
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("2");
    writer.write(List.of(likes(Long.MAX_VALUE - 1, 3)));
    writer.write(List.of(likes(Long.MAX_VALUE, 4)));
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("4");
  }

  @Test
  void aDeleteLeavesATombstoneThatRefusesOlderWritesAndIsRevivedByNewerOnes() throws Exception {
    writer.write(List.of(likes(10, 5)));
    writer.write(List.of(VersionedHash.tombstone("counters:{post:1}", 11)));
    writer.write(List.of(likes(10, 5)));
    assertThat(redis.hgetAll("counters:{post:1}"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("deleted", "1", "v", "0000000000000000011"));
    assertThat(redis.ttl("counters:{post:1}")).isBetween(8 * 86400L - 60, 8 * 86400L);

    writer.write(List.of(likes(12, 1)));
    assertThat(redis.hgetAll("counters:{post:1}").keySet())
        .containsExactlyInAnyOrder("likes", "shares", "v");
    assertThat(redis.ttl("counters:{post:1}")).as("no expiry is left").isEqualTo(-1);
  }

  @Test
  void aKeyOfAnotherTypeIsRefusedAloneAndTheRestIsWritten() throws Exception {
    redis.set("counters:{post:2}", "not a hash");
    var bad = VersionedHash.live("counters:{post:2}", 1, "likes", "1");
    var rejections = writer.write(List.of(bad, likes(1, 1)));
    assertThat(rejections).hasSize(1);
    assertThat(rejections.get(0).value()).isEqualTo(bad);
    assertThat(rejections.get(0).detail()).contains("WRONGTYPE");
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("1");
  }

  @Test
  void aForgottenScriptIsLoadedAgain() throws Exception {
    writer.write(List.of(likes(1, 1)));
    redis.scriptFlush();
    writer.write(List.of(likes(2, 2)));
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("2");
  }

  @Test
  void writesThatARestartTookBackAreSentAgain() throws Exception {
    writer.write(List.of(likes(1, 1)));
    redis.configSet("appendonly", "no");
    redis.configSet("save", "");
    writer.write(List.of(likes(2, 2)));
    restartRedis();
    assertThat(redis.hget("counters:{post:1}", "likes"))
        .as("the loss that this is about")
        .isNotEqualTo("2");

    writeUntilItSucceeds(List.of());
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("2");
    assertThat(counters.get("redisRestarts").getCount()).isEqualTo(1);
  }

  private long losses() {
    return counters.get("redisDataLost").getCount();
  }

  @Test
  void anOlderCopyIsSentWhatIsRemembered(@TempDir Path folder) throws Exception {
    writer.write(List.of(likes(1, 1)));
    OlderCopy copy = OlderCopy.of(stack, Server.REDIS, folder);
    writeUntilItSucceeds(List.of(likes(2, 2)));
    copy.putBack();
    writeUntilItSucceeds(List.of());
    redis = Servers.client(stack);
    assertThat(redis.hget("counters:{post:1}", "likes")).isEqualTo("2");
    assertThat(losses()).isZero();
    assertThat(writer.lacksWrites()).isFalse();
  }

  /** Redis dies with its last second, and the job starts again: nobody remembers. */
  @Test
  void whatAnOlderCopyLacksIsMissedByTheRunThatGoesOnFromACheckpoint(@TempDir Path folder)
      throws Exception {
    writer.write(List.of(likes(1, 1)));
    OlderCopy copy = OlderCopy.of(stack, Server.REDIS, folder);
    writeUntilItSucceeds(List.of(likes(2, 2)));
    List<StoreMark> checkpoint = writer.marks();
    writer.close();
    copy.putBack();

    RedisWriter<VersionedHash> next = writer();
    next.restore(checkpoint);
    open(next);
    try {
      next.write(List.of());
      assertThat(losses()).isEqualTo(1);
      assertThat(next.lacksWrites()).isTrue();
    } finally {
      next.close();
    }
  }

  @Test
  void theRunThatGoesOnFromACheckpointMissesNothingInARedisThatKeptAll() throws Exception {
    writer.write(List.of(likes(1, 1)));
    List<StoreMark> checkpoint = writer.marks();
    writer.close();
    restartRedis();
    RedisWriter<VersionedHash> next = writer();
    next.restore(checkpoint);
    open(next);
    try {
      next.write(List.of(likes(2, 2)));
      assertThat(losses()).isZero();
      assertThat(next.lacksWrites()).isFalse();
    } finally {
      next.close();
    }
  }

  @Test
  void anOlderCopyFromBeforeTheWriterIsNoticed(@TempDir Path folder) throws Exception {
    redis.hset("counters:{post:1}", Map.of("likes", "77", "v", "0000000000000000001"));
    OlderCopy copy = OlderCopy.of(stack, Server.REDIS, folder);
    writer.write(List.of(likes(2, 2)));
    copy.putBack();
    writeUntilItSucceeds(List.of());
    assertThat(losses()).isEqualTo(1);
    assertThat(writer.lacksWrites()).isTrue();
  }

  @Test
  void numbersOfLongAgoAreForgotten() throws Exception {
    redis.hset("marks:{test.redis}", Map.of("old", "5@1000", "new", "5@" + Long.MAX_VALUE));
    writer.write(List.of(likes(1, 1)));
    assertThat(redis.hkeys("marks:{test.redis}")).contains("new").doesNotContain("old").hasSize(2);
  }

  @Test
  void anEmptiedRedisIsNoticed() throws Exception {
    writer.write(List.of(likes(1, 1)));
    assertThat(counters.get("redisDataLost").getCount()).isZero();
    redis.flushAll();
    writer.write(List.of());
    assertThat(counters.get("redisDataLost").getCount()).isEqualTo(1);
    writer.write(List.of());
    writer.write(List.of(likes(2, 2)));
    assertThat(counters.get("redisDataLost").getCount()).as("once").isEqualTo(1);
  }

  private void writeUntilItSucceeds(List<VersionedHash> batch) {
    await()
        .ignoreExceptions()
        .until(
            () -> {
              writer.write(batch);
              return true;
            });
  }

  @Test
  void theLastValuesAreThereAfterRedisWasKilledInTheMiddle() throws Exception {
    var script =
        new HashScript<Item>(
            item ->
                VersionedHash.live(
                    "k:{" + item.key() + "}", item.version(), "x", Long.toString(item.value())),
            Duration.ofDays(8));
    try (var sink =
        new SinkHarness(
            new RedisWriter<>(
                Servers.address(stack), script, "test.kill", LostWrites.heldUntil("mend")),
            SinkHarness.options(),
            null)) {
      Map<String, Long> expected = new HashMap<>();
      for (int round = 1; round <= 60; round++) {
        for (int key = 0; key < 50; key++) {
          sink.put("k" + key, round, round * 1000L + key);
          expected.put("k" + key, round * 1000L + key);
        }
        sink.watermark(round);
        sink.passInterval();
        if (round == 20) {
          stack.kill(Server.REDIS);
        }
        if (round == 25) {
          sink.snapshot();
        }
        if (round == 40) {
          assertThat(sink.watermarks())
              .as("nothing is claimed while Redis is away")
              .allMatch(mark -> mark <= 20);
          stack.start(Server.REDIS);
        }
      }
      sink.finish();
      assertThat(sink.watermarks()).endsWith(60L);
      redis.close();
      redis = Servers.client(stack);
      expected.forEach(
          (key, value) ->
              assertThat(redis.hget("k:{" + key + "}", "x")).isEqualTo(Long.toString(value)));
    }
  }
}
