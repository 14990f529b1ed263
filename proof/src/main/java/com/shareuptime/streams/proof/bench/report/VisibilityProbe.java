package com.shareuptime.streams.proof.bench.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks for what was sent until a reader finds it, and takes the time from its sending until then,
 * by the polling interval too long at most. One request asks for all that is awaited.
 *
 * @param <T> what is awaited
 */
public final class VisibilityProbe<T> {
  private final Duration interval;
  private final long timeoutNanos;
  private final Latencies latencies;
  private final Function<List<T>, List<Boolean>> isVisible;
  private final Queue<Awaited<T>> fresh = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> polling;
  private volatile boolean isLast;

  private record Awaited<T>(T what, long sentNanos) {}

  /**
   * Begins to look.
   *
   * @param timeout after which what is awaited fails the benchmark
   * @param latencies takes the times
   * @param isVisible which of these a reader finds now, in their order; called by one thread, never
   *     with none
   */
  public VisibilityProbe(
      Duration interval,
      Duration timeout,
      Latencies latencies,
      Function<List<T>, List<Boolean>> isVisible) {
    this.interval = interval;
    this.timeoutNanos = timeout.toNanos();
    this.latencies = latencies;
    this.isVisible = isVisible;
    this.polling = CompletableFuture.runAsync(this::poll);
  }

  /**
   * @param sentNanos {@link System#nanoTime()} of its sending
   */
  public void expect(T what, long sentNanos) {
    fresh.add(new Awaited<>(what, sentNanos));
  }

  /** Returns when all that was expected has been found. */
  public void complete() {
    isLast = true;
    polling.join();
  }

  private void poll() {
    List<Awaited<T>> awaited = new ArrayList<>();
    try {
      while (true) {
        boolean mayEnd = isLast;
        for (Awaited<T> one = fresh.poll(); one != null; one = fresh.poll()) {
          awaited.add(one);
        }
        if (!awaited.isEmpty()) {
          awaited = notYetVisible(awaited);
        } else if (mayEnd) {
          return;
        }
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Awaited<T>> notYetVisible(List<Awaited<T>> awaited) {
    List<Boolean> visible = isVisible.apply(awaited.stream().map(Awaited::what).toList());
    long now = System.nanoTime();
    List<Awaited<T>> rest = new ArrayList<>();
    for (int i = 0; i < visible.size(); i++) {
      Awaited<T> one = awaited.get(i);
      if (visible.get(i)) {
        latencies.add(now - one.sentNanos);
      } else if (now - one.sentNanos > timeoutNanos) {
        throw new IllegalStateException(
            one.what + " is not visible after " + timeoutNanos / 1_000_000_000 + " s");
      } else {
        rest.add(one);
      }
    }
    return rest;
  }
}
