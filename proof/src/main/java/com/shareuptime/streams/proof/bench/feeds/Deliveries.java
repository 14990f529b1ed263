package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.proof.bench.generator.RowTopics;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;

/**
 * Deliveries a second: many posts at once, each into the feeds of some hundred followers. The clock
 * runs from the first post's sending to the progress that promises the last one to be visible.
 */
record Deliveries(BenchStack bench, String job, RowTopics traffic, ServedFeeds feeds) {
  private static final double FLOOR = 100_000;

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
            .with("vertices since the start", bench.settledVertexTimes(job));
    requireNewest(circle, newest);
    return measured;
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
