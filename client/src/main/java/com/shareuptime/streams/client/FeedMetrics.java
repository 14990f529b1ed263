package com.shareuptime.streams.client;

import com.shareuptime.streams.client.FeedPage.Source;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts pages since the start; cheap, and safe to share between readers and threads. */
public final class FeedMetrics {
  /** A bucket is a quarter of a doubling: a percentile is at most 19 % too high. */
  private static final int STEPS = 4;

  private static final int BUCKETS = STEPS * 32;

  private final Map<Source, LongAdder> pages = new EnumMap<>(Source.class);
  private final Map<Origin, LongAdder> entries = new EnumMap<>(Origin.class);
  private final LongAdder dead = new LongAdder();
  private final LongAdder redisUnavailable = new LongAdder();
  private final LongAdder withoutFeed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rebuildRequests = new LongAdder();
  private final LongAdder[] micros = new LongAdder[BUCKETS];

  /**
   * What was counted.
   *
   * @param pages by where they came from
   * @param entries by where they were found
   * @param deadEntries held by Redis, not shown by the tables
   * @param redisUnavailable pages that went without Redis, as it did not answer
   * @param withoutFeed pages of users who have no complete feed in Redis
   * @param failed reads that threw, as Postgres did not answer
   * @param p50 half of the pages took no longer; zero while there are none
   */
  public record Snapshot(
      Map<Source, Long> pages,
      Map<Origin, Long> entries,
      long deadEntries,
      long redisUnavailable,
      long withoutFeed,
      long failed,
      long rebuildRequests,
      Duration p50,
      Duration p99) {

    /** Share of the entries that Redis knew of; 1 while there are none. */
    public double hitRate() {
      long all = entries.values().stream().mapToLong(Long::longValue).sum();
      return all == 0 ? 1 : 1 - (double) entries.get(Origin.TABLE) / all;
    }
  }

  public FeedMetrics() {
    for (Source source : Source.values()) {
      pages.put(source, new LongAdder());
    }
    for (Origin origin : Origin.values()) {
      entries.put(origin, new LongAdder());
    }
    for (int i = 0; i < BUCKETS; i++) {
      micros[i] = new LongAdder();
    }
  }

  void read(FeedPage page, long nanos) {
    pages.get(page.source()).increment();
    page.entries().forEach(entry -> entries.get(entry.origin()).increment());
    dead.add(page.deadEntries());
    switch (page.completeness().state()) {
      case UNREACHABLE -> redisUnavailable.increment();
      case NO_FEED, NO_TIMELINE -> withoutFeed.increment();
      case COMPLETE, UNUSED -> {}
    }
    micros[bucket(TimeUnit.NANOSECONDS.toMicros(nanos))].increment();
  }

  void failed() {
    failed.increment();
  }

  void askedForRebuild() {
    rebuildRequests.increment();
  }

  public Snapshot snapshot() {
    return new Snapshot(
        sums(pages, Source.class),
        sums(entries, Origin.class),
        dead.sum(),
        redisUnavailable.sum(),
        withoutFeed.sum(),
        failed.sum(),
        rebuildRequests.sum(),
        percentile(0.5),
        percentile(0.99));
  }

  private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> adders, Class<K> type) {
    Map<K, Long> sums = new EnumMap<>(type);
    adders.forEach((key, adder) -> sums.put(key, adder.sum()));
    return sums;
  }

  private Duration percentile(double share) {
    long[] counts = new long[BUCKETS];
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      counts[i] = micros[i].sum();
      all += counts[i];
    }
    long wanted = (long) Math.ceil(all * share);
    long seen = 0;
    for (int i = 0; i < BUCKETS && all > 0; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return Duration.ofNanos((long) (Math.pow(2, (i + 1.0) / STEPS) * 1_000));
      }
    }
    return Duration.ZERO;
  }

  private static int bucket(long micros) {
    double steps = Math.log(Math.max(micros, 1)) / Math.log(2) * STEPS;
    return Math.min((int) steps, BUCKETS - 1);
  }
}
