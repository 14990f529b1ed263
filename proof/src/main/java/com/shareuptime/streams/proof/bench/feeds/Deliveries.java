package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.proof.bench.report.ClusterRest;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.util.Map;

/**
 * Deliveries a second: many posts at once, each into the feeds of some hundred followers. The clock
 * runs from the first post's sending to the progress that promises the last one to be visible.
 */
final class Deliveries {
  private static final double FLOOR = 100_000;
  private static final long FETCH_MILLIS = 1_500;

  private final BenchStack bench;
  private final String job;
  private final Traffic traffic;
  private final ServedFeeds feeds;

  Deliveries(BenchStack bench, String job, Traffic traffic, ServedFeeds feeds) {
    this.bench = bench;
    this.job = job;
    this.traffic = traffic;
    this.feeds = feeds;
  }

  Measurement measure(Circle circle, int posts) throws Exception {
    CpuTime cpu = new CpuTime(bench.stack());
    long zadds = feeds.zadds();
    long[] newest = new long[circle.authors()];
    long begin = System.nanoTime();
    for (int i = 0; i < posts; i++) {
      newest[i % newest.length] = traffic.post(circle.author(i));
    }
    traffic.flush();
    double sent = seconds(begin);
    feeds.awaitProgressPast(System.currentTimeMillis());
    Measurement measured =
        Measurement.of(
                "deliveries, %d a post".formatted(circle.followers()),
                (long) posts * circle.followers(),
                "deliveries",
                seconds(begin))
            .withFloor(FLOOR)
            .with("posts sent in s", sent)
            .with("ZADDs that Redis has counted", feeds.zadds() - zadds)
            .with("cpu seconds", cpu.seconds())
            .with("vertices since the start", vertexTimes());
    requireNewest(circle, newest);
    return measured;
  }

  private Map<String, String> vertexTimes() throws Exception {
    ClusterRest cluster = new ClusterRest(bench.stack().flinkUrl());
    cluster.vertexTimes(job); // the cluster fetches them when it is asked, and does not wait
    Thread.sleep(FETCH_MILLIS);
    return cluster.vertexTimes(job);
  }

  private void requireNewest(Circle circle, long[] newest) {
    long missing = 0;
    for (int i = 0; i < newest.length; i++) {
      if (newest[i] > 0) {
        long[] followers = circle.followers(circle.author(i));
        missing += feeds.missing(followers, Long.toString(newest[i]));
      }
    }
    if (missing > 0) {
      throw new IllegalStateException(
          missing + " deliveries are not visible, though progress promises it");
    }
  }

  private static double seconds(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e9;
  }
}
