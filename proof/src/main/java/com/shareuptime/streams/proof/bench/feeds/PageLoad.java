package com.shareuptime.streams.proof.bench.feeds;

import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.client.FeedReader;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.Latencies;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import redis.clients.jedis.RedisClient;

/** How long the newest page of a full feed takes its reader: one thread, no job. */
record PageLoad(Addresses addresses) {
  private static final History HISTORY = new History(100_000, 1_000, 50, 200);
  private static final int WARM_UP = 5_000;
  private static final int CONNECTIONS = 2;
  private static final double MOST_P50_MILLIS = 1.5;
  private static final double MOST_P99_MILLIS = 8;

  private interface Page {
    /** Returns how many posts a reader, by number, was shown. */
    int read(int reader) throws SQLException;
  }

  private record Timed(Latencies latencies, double seconds) {}

  BenchOutcome measure(int pages) throws SQLException {
    new HistoryStores(addresses, HISTORY).fill();
    Timed read = throughClient(pages);
    Timed bare = bare(pages);
    Latencies times = read.latencies;
    Latencies least = bare.latencies;
    return BenchOutcome.of(Measurement.of("pages of 20", pages, "pages", read.seconds))
        .with("p50 ms", times.p50Millis(), MOST_P50_MILLIS)
        .with("p99 ms", times.p99Millis(), MOST_P99_MILLIS)
        .with("limit: bare pipeline and query, p50 ms", least.p50Millis())
        .with("limit: the same, p99 ms", least.p99Millis())
        .with("p50 to it", times.p50Millis() / least.p50Millis())
        .with("p99 to it", times.p99Millis() / least.p99Millis());
  }

  private Timed throughClient(int pages) throws SQLException {
    try (HikariDataSource source = ProductDatabase.pool(addresses, CONNECTIONS);
        RedisClient redis = RedisClient.create(addresses.redisUrl())) {
      FeedReader feeds = FeedReader.builder(source).redis(redis).build();
      return time(pages, number -> shown(feeds.read(HISTORY.reader(number))));
    }
  }

  private Timed bare(int pages) throws SQLException {
    try (BarePages bare = new BarePages(addresses, HISTORY)) {
      return time(pages, bare::read);
    }
  }

  private static int shown(FeedPage page) {
    if (page.source() != FeedPage.Source.REDIS) {
      throw new IllegalStateException("A page came from " + page.source() + ", not from Redis");
    }
    return page.entries().size();
  }

  private static Timed time(int pages, Page page) throws SQLException {
    for (int i = 0; i < WARM_UP; i++) {
      page.read(i % HISTORY.readers());
    }
    Latencies latencies = new Latencies();
    long begin = System.nanoTime();
    for (int i = 0; i < pages; i++) {
      long before = System.nanoTime();
      int shown = page.read(i % HISTORY.readers());
      latencies.add(System.nanoTime() - before);
      if (shown != FeedReader.PAGE_SIZE) {
        throw new IllegalStateException("A page has " + shown + " posts");
      }
    }
    return new Timed(latencies, (System.nanoTime() - begin) / 1e9);
  }
}
