package com.shareuptime.streams.bench.feeds;

import com.shareuptime.streams.bench.report.Measurement;
import com.shareuptime.streams.local.Addresses;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long posts of ordinary authors take into a follower's feed, at a steady pace, first alone and
 * then beside an author whom as many follow as can be pushed to.
 */
final class Bystanders {
  private static final int POSTS_PER_SECOND = 1_000;
  private static final int SAMPLE_ONE_OF = 20;
  private static final int CELEBRITY_EVERY_SECONDS = 2;
  private static final int SETTLE_SECONDS = 5;
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
   * @param seconds of each of the two
   */
  List<Outcome> measure(int seconds) {
    run(SETTLE_SECONDS, false); // what earlier posts have left to do is not theirs
    Latencies alone = run(seconds, false);
    Latencies beside = run(seconds, true);
    double ratio = beside.p99Millis() / alone.p99Millis();
    return List.of(
        outcome("bystanders alone", alone, seconds),
        outcome("bystanders beside 10,000 followers", beside, seconds)
            .with("p99 to p99 alone", ratio, MOST_RATIO));
  }

  private static Outcome outcome(String name, Latencies times, int seconds) {
    Measurement paced =
        Measurement.of(name, (long) seconds * POSTS_PER_SECOND, "posts", seconds)
            .with("posts timed", times.count())
            .with("p50 ms", times.p50Millis())
            .with("p99 ms", times.p99Millis());
    return Outcome.of(paced);
  }

  private Latencies run(int seconds, boolean isCelebrityThere) {
    Sightings sightings = new Sightings(addresses);
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
        sightings.expect(followers[i / SAMPLE_ONE_OF % followers.length], post, sent);
      }
    }
    traffic.flush();
    return sightings.complete();
  }

  private static void awaitTurn(long begin, int turn) {
    long due = begin + turn * (TimeUnit.SECONDS.toNanos(1) / POSTS_PER_SECOND);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
