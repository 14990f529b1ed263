package com.shareuptime.streams.feeds.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import com.shareuptime.streams.feeds.sink.FeedKeys;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.Servers;
import com.shareuptime.streams.sink.SupersededException;
import com.shareuptime.streams.sink.redis.RedisWriter;
import com.shareuptime.streams.testing.DrawnIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.resps.Tuple;

/** Redis makes of the writes what the model of the histories makes of them. */
class FeedKeysIT {
  private static final int FEED = 20;
  private static final int TIMELINE = 5;
  private static final int USERS = 6;
  private static final int AUTHORS = 4;

  private final LocalStack stack = Servers.redis();
  private final FeedStore model = new FeedStore(FEED, TIMELINE, FeedKeys::trims);
  private DrawnIds ids;
  private long lastPost;

  @ParameterizedTest
  @EnumSource
  void scriptsDoWhatTheModelDoes(DrawnIds kind) throws Exception {
    ids = kind;
    long seed = Long.getLong("tests.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    RedisWriter<FeedWrite> writer =
        new RedisWriter<>(
            Servers.address(stack),
            new FeedKeys(FEED, TIMELINE, 86_400_000),
            "test",
            LostWrites.heldUntil("mend"));
    writer.open(new UnregisteredMetricsGroup());
    try (Jedis redis = Servers.client(stack)) {
      redis.flushAll();
      for (int round = 0; round < 400; round++) {
        List<FeedWrite> batch = new ArrayList<>();
        String when = "seed " + seed + ", round " + round;
        long run = 1 + round / 20;
        for (int i = random.nextInt(12); i >= 0; i--) {
          batch.add(write(random, run));
        }
        assertThat(writer.write(batch)).isEmpty();
        assertThat(batch).as(when).allMatch(model::apply);
        compare(redis, when);
        FeedWrite late = write(random, random.nextLong(run + 1));
        assertThat(isRefused(writer, late)).as("%s: %s", when, late).isEqualTo(!model.apply(late));
        compare(redis, when + ", late");
      }
    } finally {
      writer.close();
    }
  }

  private static boolean isRefused(RedisWriter<FeedWrite> writer, FeedWrite write)
      throws Exception {
    try {
      writer.write(List.of(write));
      return false;
    } catch (SupersededException e) {
      return true;
    }
  }

  private FeedWrite write(SplittableRandom random, long run) {
    Id user = ids.of(1 + random.nextInt(USERS));
    Id author = ids.of(1 + random.nextInt(AUTHORS));
    long epoch = random.nextInt(2);
    Ids users = ids.of(random.longs(2, 1, USERS + 1L).distinct());
    long mark = random.nextInt(5) == 0 ? 1_000_000 + lastPost : 0;
    return switch (random.nextInt(16)) {
      case 0 -> new FeedWrite.Open(run, user, epoch);
      case 1 -> new FeedWrite.Complete(run, user, epoch, random.nextLong(run + 1), mark);
      case 2 -> new FeedWrite.Raise(user, mark);
      case 3 ->
          random.nextInt(3) == 0
              ? new FeedWrite.Drop(run, user)
              : new FeedWrite.Open(run, user, epoch);
      case 4 -> new FeedWrite.Pull(run, author, users);
      case 5 -> new FeedWrite.Unpull(run, author, mark, users);
      case 6 -> new FeedWrite.Timeline(run, author, posts(TIMELINE), mark, true);
      case 7, 8, 9 -> new FeedWrite.Timeline(run, author, posts(1), mark, false);
      case 10 -> new FeedWrite.Push(author, posts(3), users);
      case 11 -> new FeedWrite.Push(author, again(random), users);
      case 12 ->
          random.nextInt(4) > 0
              ? new FeedWrite.Push(author, posts(1), users)
              : new FeedWrite.Lost(
                  users, random.nextLong(2 * run + 1), Ids.of(author), 2 * run - 1);
      default -> new FeedWrite.Push(author, posts(1), users);
    };
  }

  /** A post that may be there, at another position. */
  private Posts again(SplittableRandom random) {
    return Posts.of(
        ids.of(1 + random.nextLong(lastPost + 1)), 1_000_000 + random.nextLong(lastPost + 1));
  }

  /** New posts, newest first, each at a position of its own. */
  private Posts posts(int count) {
    long[] numbers = new long[count];
    long[] positions = new long[count];
    for (int i = count - 1; i >= 0; i--) {
      numbers[i] = ++lastPost;
      positions[i] = 1_000_000 + lastPost;
    }
    return new Posts(ids.of(LongStream.of(numbers)), positions);
  }

  private void compare(Jedis redis, String when) {
    for (Id user : ids.of(LongStream.rangeClosed(1, USERS))) {
      assertThat(entries(redis, "feed:{" + RedisId.write(user) + "}"))
          .as("%s: feed of %s", when, user)
          .isEqualTo(asRedis(model.feeds.get(user)));
      assertThat(redis.smembers("pull:{" + RedisId.write(user) + "}"))
          .as("%s: pulled by %s", when, user)
          .isEqualTo(
              model.pulls.getOrDefault(user, Set.of()).stream()
                  .map(RedisId::write)
                  .collect(Collectors.toSet()));
      Map<String, String> fill = new HashMap<>();
      if (model.fills.containsKey(user)) {
        FeedStore.Fill known = model.fills.get(user);
        fill.put("epoch", known.epoch() + (known.opener() == 0 ? "" : "." + known.opener()));
        fill.put("mark", "" + model.fills.get(user).mark());
      }
      if (model.runs.containsKey(user)) {
        fill.put("run", text(model.runs.get(user)));
      }
      assertThat(redis.hgetAll("fill:{" + RedisId.write(user) + "}"))
          .as("%s: filling of %s", when, user)
          .isEqualTo(fill);
    }
    for (Id author : ids.of(LongStream.rangeClosed(1, AUTHORS))) {
      assertThat(entries(redis, "timeline:{" + RedisId.write(author) + "}"))
          .as("%s: timeline of %s", when, author)
          .isEqualTo(asRedis(model.timelines.get(author)));
      Long run = model.timelineRuns.get(author);
      assertThat(redis.get("timeline-run:{" + RedisId.write(author) + "}"))
          .as("%s: run of the timeline of %s", when, author)
          .isEqualTo(run == null ? null : text(run));
    }
  }

  private static String text(long fence) {
    return "%019d".formatted(fence / 2) + (fence % 2 == 0 ? "" : "~");
  }

  private static Map<String, Long> entries(Jedis redis, String key) {
    return redis.zrangeWithScores(key, 0, -1).stream()
        .collect(Collectors.toMap(Tuple::getElement, tuple -> (long) tuple.getScore()));
  }

  private static Map<String, Long> asRedis(FeedStore.Entries entries) {
    Map<String, Long> all = new HashMap<>();
    if (entries != null) {
      entries.positions.forEach((id, position) -> all.put(RedisId.write(id), position));
      if (entries.mark != null) {
        all.put("~", entries.mark);
      }
    }
    return all;
  }
}
