package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.local.Addresses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Watches for posts in feeds and takes the time from a post's sending until it is there, some
 * milliseconds too long as it looks only so often. Asks for what is awaited only, in one pipeline,
 * which is next to nothing for Redis.
 */
final class Sightings {
  private static final long POLL_MILLIS = 4;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Addresses addresses;
  private final Latencies latencies;
  private final Queue<Awaited> fresh = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> watch;
  private volatile boolean isLast;

  private record Awaited(long reader, long post, long sentNanos) {}

  /**
   * Begins to watch.
   *
   * @param latencies takes the times
   */
  Sightings(Addresses addresses, Latencies latencies) {
    this.addresses = addresses;
    this.latencies = latencies;
    this.watch = CompletableFuture.runAsync(this::watch);
  }

  void expect(long reader, long post, long sentNanos) {
    fresh.add(new Awaited(reader, post, sentNanos));
  }

  /** Returns when all that was expected has been seen. */
  void complete() {
    isLast = true;
    watch.join();
  }

  private void watch() {
    List<Awaited> awaited = new ArrayList<>();
    try (Jedis redis = addresses.redis()) {
      while (true) {
        boolean mayEnd = isLast;
        for (Awaited one = fresh.poll(); one != null; one = fresh.poll()) {
          awaited.add(one);
        }
        if (mayEnd && awaited.isEmpty()) {
          return;
        }
        awaited = unseen(redis, awaited);
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Awaited> unseen(Jedis redis, List<Awaited> awaited) {
    List<Response<Double>> scores = new ArrayList<>(awaited.size());
    try (Pipeline pipeline = redis.pipelined()) {
      for (Awaited one : awaited) {
        scores.add(pipeline.zscore(ServedFeeds.key(one.reader), Long.toString(one.post)));
      }
    }
    long now = System.nanoTime();
    List<Awaited> unseen = new ArrayList<>();
    for (int i = 0; i < awaited.size(); i++) {
      Awaited one = awaited.get(i);
      if (scores.get(i).get() != null) {
        latencies.add(now - one.sentNanos);
      } else if (now - one.sentNanos > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "Post %d is not in the feed of %d after a minute".formatted(one.post, one.reader));
      } else {
        unseen.add(one);
      }
    }
    return unseen;
  }
}
