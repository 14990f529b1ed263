package com.shareuptime.streams.proof.bench.counters;

import com.shareuptime.streams.proof.bench.generator.Shape;
import com.shareuptime.streams.proof.bench.limit.Limits;
import com.shareuptime.streams.proof.bench.report.ClusterRest;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.stack.BenchStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events a second, end to end. All events lie in Kafka when the job starts, without state; the
 * clock runs from where its source begins to read to the moment at which Redis and Postgres show
 * the exact count of every post.
 *
 * @param flinkSettings of the cluster, where they are to be other than checked in
 */
public record CountersBench(int events, long seed, Map<String, String> flinkSettings) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int SAMPLE = 500;
  private static final long POLL_MILLIS = 100;
  private static final double FLOOR = 60_000;

  /**
   * @param mode of the job: {@code events}, or {@code events+cdc}, where each event has its row
   */
  public Measurement measure(String mode, Shape shape) throws Exception {
    boolean rows = mode.equals("events+cdc");
    Likes likes = Likes.of(shape, events, seed);
    try (BenchStack bench = BenchStack.start(flinkSettings)) {
      String bootstrap = bench.stack().kafkaBootstrap();
      Instant begin = Instant.now();
      new Backlog(bootstrap, likes, seed).fill(rows);
      double fillSeconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
      try (Trickle trickle = new Trickle(bootstrap, rows)) {
        Measurement measured = count(bench, mode, shape, likes);
        bench.jobs().cancel("counters");
        return Limits.beside(measured.with("backlog filled in s", fillSeconds), bench.addresses());
      }
    }
  }

  private Measurement count(BenchStack bench, String mode, Shape shape, Likes likes)
      throws Exception {
    CpuTime cpu = new CpuTime(bench.stack());
    String job = bench.submit("counters", Map.of("counters.mode", mode), Optional.empty());
    ClusterRest cluster = new ClusterRest(bench.stack().flinkUrl());
    long begin = cluster.sourceRunsSince(job, "app events");
    long[] sample = likes.sample(SAMPLE);
    List<BenchSurface> waiting = new ArrayList<>();
    waiting.add(new RedisCounters(bench.addresses(), likes, sample));
    waiting.add(new PostgresCounters(bench.addresses(), likes, sample));
    Measurement measured =
        Measurement.of("counters %s %s".formatted(mode, shape.label()), likes.count(), "events", 0);
    long end = begin;
    while (!waiting.isEmpty()) {
      requirePatience(begin, waiting, cluster, job);
      Thread.sleep(POLL_MILLIS);
      for (BenchSurface surface : List.copyOf(waiting)) {
        long at = System.currentTimeMillis();
        if (surface.sampleIsExact() && surface.difference().isEmpty()) {
          end = Math.max(end, at);
          measured = measured.with(surface.name() + " exact after s", (at - begin) / 1e3);
          waiting.remove(surface);
          surface.close();
        }
      }
    }
    return measured
        .in((end - begin) / 1e3)
        .withFloor(FLOOR)
        .with("cpu seconds", cpu.seconds())
        .with("vertices", cluster.vertexTimes(job));
  }

  private static void requirePatience(
      long begin, List<BenchSurface> waiting, ClusterRest cluster, String job) throws Exception {
    if (System.currentTimeMillis() - begin > PATIENCE.toMillis()) {
      StringBuilder state = new StringBuilder();
      for (BenchSurface surface : waiting) {
        state.append(surface.name()).append(": ");
        state.append(surface.difference().orElse("exact")).append("; ");
      }
      throw new IllegalStateException(
          "Not exact after %d s: %s %s"
              .formatted(PATIENCE.toSeconds(), state, cluster.vertexTimes(job)));
    }
  }
}
