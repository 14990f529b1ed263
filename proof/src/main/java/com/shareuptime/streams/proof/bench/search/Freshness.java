package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.report.VisibilityProbe;
import com.shareuptime.streams.proof.thread.SteadyPace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How long new posts and edits, half and half, take until a search finds them, at a steady pace.
 */
final class Freshness {
  static final double MOST_MILLIS = 3_000;

  private static final int COMMITS_PER_SECOND = 2_000;

  /** Every other commit is a new post, and so is every other sample. */
  private static final int SAMPLE_ONE_OF = 200;

  private static final int SETTLE_SECONDS = 20;

  /** A prime, so that edits meet old and young posts by turns and none twice in a run. */
  private static final long STRIDE = 1_000_003;

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private record Revision(long post, long updatedMicros) {}

  private final PostTraffic traffic;
  private final Index alias;
  private final int documents;
  private long sent;

  /**
   * @param documents that are there, with the ids from 1 on
   */
  Freshness(PostTraffic traffic, Index alias, int documents) {
    this.traffic = traffic;
    this.alias = alias;
    this.documents = documents;
  }

  BenchOutcome measure(int seconds, CpuTime cpu) {
    run(SETTLE_SECONDS, new Latencies()); // what the reindex has left to do is not theirs
    Latencies latencies = new Latencies();
    long begin = System.nanoTime();
    long commits = run(seconds, latencies);
    double took = (System.nanoTime() - begin) / 1e9;
    Measurement paced =
        Measurement.of("searchable, new and edited posts", commits, "commits", took)
            .with("commits timed", latencies.count())
            .with("p50 ms", latencies.p50Millis());
    return BenchOutcome.of(paced)
        .with("p99 ms", latencies.p99Millis(), MOST_MILLIS)
        .with("cpu seconds, with those to settle", cpu.seconds());
  }

  private long run(int seconds, Latencies latencies) {
    VisibilityProbe<Revision> probe =
        new VisibilityProbe<>(LOOK_EVERY, TIMEOUT, latencies, this::areFound);
    int commits = seconds * COMMITS_PER_SECOND;
    SteadyPace pace = new SteadyPace(COMMITS_PER_SECOND);
    for (int i = 0; i < commits; i++) {
      pace.await(i);
      boolean isNew = i % 2 == 0;
      long number = ++sent;
      long post = isNew ? documents + number : 1 + number * STRIDE % documents;
      long sentNanos = System.nanoTime();
      long updated = traffic.post(post, isNew ? 0 : 1);
      if (i % SAMPLE_ONE_OF == i / SAMPLE_ONE_OF % 2) {
        probe.expect(new Revision(post, updated), sentNanos);
      }
    }
    traffic.flush();
    probe.complete();
    return commits;
  }

  /** Whether a search finds them as they were written, to the millisecond. */
  private List<Boolean> areFound(List<Revision> awaited) {
    Map<Long, Long> found =
        alias.updates(awaited.stream().map(Revision::post).collect(Collectors.toSet()));
    return awaited.stream()
        .map(one -> found.getOrDefault(one.post, 0L) >= one.updatedMicros / 1_000 * 1_000)
        .toList();
  }
}
