package com.shareuptime.streams.proof.traffic.command;

import com.shareuptime.streams.proof.thread.Daemon;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import java.io.PrintWriter;
import java.time.Duration;

/** Says now and then how far the traffic is, until it is closed. */
public final class TrafficTeller implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final TrafficStats stats;
  private final PrintWriter out;
  private final Thread thread;

  private TrafficTeller(TrafficStats stats, PrintWriter out) {
    this.stats = stats;
    this.out = out;
    this.thread = Daemon.start("traffic-teller", this::tell);
  }

  public static TrafficTeller start(TrafficStats stats, PrintWriter out) {
    return new TrafficTeller(stats, out);
  }

  private void tell() {
    long last = 0;
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        long now = stats.count(TrafficCount.INTERACTIONS);
        out.printf(
            "%,d interactions (%,d/s), %,d rows, %,d events%n",
            now,
            (now - last) / EVERY.toSeconds(),
            stats.count(TrafficCount.ROWS),
            stats.count(TrafficCount.EVENTS));
        out.flush();
        last = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
