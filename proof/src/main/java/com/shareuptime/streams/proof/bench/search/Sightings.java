package com.shareuptime.streams.proof.bench.search;

import com.shareuptime.streams.proof.bench.report.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Searches for posts until they are found as they were written, and takes the time from a post's
 * sending until then, some milliseconds too long as it looks only so often. One search asks for all
 * that are awaited.
 */
final class Sightings {
  private static final long POLL_MILLIS = 20;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(5).toNanos();

  private final Index alias;
  private final Latencies latencies;
  private final Queue<Awaited> fresh = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> watch;
  private volatile boolean isLast;

  private record Awaited(long post, long updatedMicros, long sentNanos) {}

  /**
   * Begins to watch.
   *
   * @param latencies takes the times
   */
  Sightings(Index alias, Latencies latencies) {
    this.alias = alias;
    this.latencies = latencies;
    this.watch = CompletableFuture.runAsync(this::watch);
  }

  void expect(long post, long updatedMicros, long sentNanos) {
    fresh.add(new Awaited(post, updatedMicros, sentNanos));
  }

  /** Returns when all that was expected has been found. */
  void complete() {
    isLast = true;
    watch.join();
  }

  private void watch() {
    List<Awaited> awaited = new ArrayList<>();
    try {
      while (true) {
        boolean mayEnd = isLast;
        for (Awaited one = fresh.poll(); one != null; one = fresh.poll()) {
          awaited.add(one);
        }
        if (mayEnd && awaited.isEmpty()) {
          return;
        }
        if (!awaited.isEmpty()) {
          awaited = unseen(awaited);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Awaited> unseen(List<Awaited> awaited) {
    Set<Long> ids = new LinkedHashSet<>();
    awaited.forEach(one -> ids.add(one.post));
    Map<Long, Long> found = alias.updates(ids);
    long now = System.nanoTime();
    List<Awaited> unseen = new ArrayList<>();
    for (Awaited one : awaited) {
      long updated = found.getOrDefault(one.post, 0L);
      if (updated >= one.updatedMicros) {
        latencies.add(now - one.sentNanos);
      } else if (now - one.sentNanos > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "Post %d of %d is found as of %d after five minutes"
                .formatted(one.post, one.updatedMicros, updated));
      } else {
        unseen.add(one);
      }
    }
    return unseen;
  }
}
