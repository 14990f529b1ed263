package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long posts of ordinary authors take into a follower's feed, at a steady pace, alone and
 * beside an author whom as many follow as can be pushed to: by turns, as the rest of the machine
 * changes more from one minute to the next than such an author changes it.
 */
final class Bystanders {
  private static final int POSTS_PER_SECOND = 1_000;
  private static final int SAMPLE_ONE_OF = 20;
  private static final int CELEBRITY_EVERY_SECONDS = 2;
  private static final int SETTLE_SECONDS = 15;

  /** As long as from one checkpoint to the next, so that each turn has one. */
  private static final int TURN_SECONDS = 10;

  private static final double MOST_RATIO = 2;

  private final Addresses addresses;
  private final Traffic traffic;
  private final Circle ordinary;
  private final long celebrity;

  Bystanders(Addresses addresses, Traffic traffic, Circle ordinary, long celebrity) {
    this.addresses = addresses;
    this.traffic = traffic;
    this.ordinary = ordinary;
    this.celebrity = celebrity;
  }

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
    FeedProbe probe = new FeedProbe(addresses, latencies);
    probe.start();
    long begin = System.nanoTime();
    for (int i = 0; i < seconds * POSTS_PER_SECOND; i++) {
      awaitTurn(begin, i);
      if (isCelebrityThere && i % (CELEBRITY_EVERY_SECONDS * POSTS_PER_SECOND) == 0) {
        traffic.post(celebrity);
      }
      long author = ordinary.author(i);
      long sent = System.nanoTime();
      long post = traffic.post(author);
      if (i % SAMPLE_ONE_OF == 0) {
        long[] followers = ordinary.followers(author);
        long reader = followers[i / SAMPLE_ONE_OF % followers.length];
        probe.expect(new FeedProbe.Delivery(reader, post), sent);
      }
    }
    traffic.flush();
    probe.complete();
  }

  private static void awaitTurn(long begin, int turn) {
    long due = begin + turn * (TimeUnit.SECONDS.toNanos(1) / POSTS_PER_SECOND);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
