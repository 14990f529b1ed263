package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.report.VisibilityProbe;
import com.shareuptime.streams.proof.thread.SteadyPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * How long posts of ordinary authors take into a follower's feed, at a steady pace, alone and
 * beside an author whom as many follow as can be pushed to: by turns, as the rest of the machine
 * changes more from one minute to the next than such an author changes it.
 */
record Bystanders(Addresses addresses, RowTopics traffic, Circle ordinary, long celebrity) {
  private static final int POSTS_PER_SECOND = 1_000;
  private static final int SAMPLE_ONE_OF = 20;
  private static final int CELEBRITY_EVERY_SECONDS = 2;
  private static final int SETTLE_SECONDS = 15;

  /** As long as from one checkpoint to the next, so that each turn has one. */
  private static final int TURN_SECONDS = 10;

  private static final double MOST_RATIO = 2;
  private static final Duration LOOK_EVERY = Duration.ofMillis(4);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private record Delivery(long reader, long post) {}

  /**
   * @param seconds of each of the two, in whole turns of ten
   */
  List<BenchOutcome> measure(int seconds) {
    int turns = Math.max(1, seconds / TURN_SECONDS);
    Latencies alone = new Latencies();
    Latencies beside = new Latencies();
    run(SETTLE_SECONDS, false, new Latencies()); // what earlier posts have left to do is not theirs
    for (int turn = 0; turn < turns; turn++) {
      run(TURN_SECONDS, false, alone);
      run(TURN_SECONDS, true, beside);
    }
    double ratio = beside.p99Millis() / alone.p99Millis();
    return List.of(
        outcome("bystanders alone", alone, turns * TURN_SECONDS),
        outcome("bystanders beside 10,000 followers", beside, turns * TURN_SECONDS)
            .with("p99 to p99 alone", ratio, MOST_RATIO));
  }

  private static BenchOutcome outcome(String name, Latencies times, int seconds) {
    Measurement paced =
        Measurement.of(name, (long) seconds * POSTS_PER_SECOND, "posts", seconds)
            .with("posts timed", times.count())
            .with("p50 ms", times.p50Millis())
            .with("p99 ms", times.p99Millis());
    return BenchOutcome.of(paced);
  }

  private void run(int seconds, boolean isCelebrityThere, Latencies latencies) {
    try (Jedis redis = addresses.redis()) {
      VisibilityProbe<Delivery> probe =
          new VisibilityProbe<>(
              LOOK_EVERY, TIMEOUT, latencies, awaited -> areThere(redis, awaited));
      SteadyPace pace = new SteadyPace(POSTS_PER_SECOND);
      for (int i = 0; i < seconds * POSTS_PER_SECOND; i++) {
        pace.await(i);
        if (isCelebrityThere && i % (CELEBRITY_EVERY_SECONDS * POSTS_PER_SECOND) == 0) {
          traffic.post(celebrity);
        }
        long author = ordinary.author(i);
        long sent = System.nanoTime();
        long post = traffic.post(author);
        if (i % SAMPLE_ONE_OF == 0) {
          long[] followers = ordinary.followers(author);
          long reader = followers[i / SAMPLE_ONE_OF % followers.length];
          probe.expect(new Delivery(reader, post), sent);
        }
      }
      traffic.flush();
      probe.complete();
    }
  }

  /** In one pipeline: next to nothing for Redis. */
  private static List<Boolean> areThere(Jedis redis, List<Delivery> awaited) {
    List<Response<Double>> scores = new ArrayList<>(awaited.size());
    try (Pipeline pipeline = redis.pipelined()) {
      for (Delivery one : awaited) {
        scores.add(pipeline.zscore(RedisKey.FEED.of(Id.of(one.reader)), Long.toString(one.post)));
      }
    }
    return scores.stream().map(score -> score.get() != null).toList();
  }
}
