package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.CpuTime;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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
    DocumentProbe probe = new DocumentProbe(alias, latencies);
    probe.start();
    int commits = seconds * COMMITS_PER_SECOND;
    long begin = System.nanoTime();
    for (int i = 0; i < commits; i++) {
      awaitTurn(begin, i);
      boolean isNew = i % 2 == 0;
      long number = ++sent;
      long post = isNew ? documents + number : 1 + number * STRIDE % documents;
      long sentNanos = System.nanoTime();
      long updated = traffic.post(post, isNew ? 0 : 1);
      if (i % SAMPLE_ONE_OF == i / SAMPLE_ONE_OF % 2) {
        probe.expect(new DocumentProbe.Revision(post, updated), sentNanos);
      }
    }
    traffic.flush();
    probe.complete();
    return commits;
  }

  private static void awaitTurn(long begin, int turn) {
    long due = begin + turn * (TimeUnit.SECONDS.toNanos(1) / COMMITS_PER_SECOND);
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
