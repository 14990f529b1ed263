package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.client.Completeness;
import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.client.FeedReader;
import com.shareuptime.streams.client.FeedUnavailableException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.FeedPages;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.check.SurfaceAwayException;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.traffic.FeedScale;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** Feeds in a demo: made on the simulator's scale, and read as a service reads them. */
public final class DemoFeeds implements FeedPages, AutoCloseable {
  private static final String JOB = "feeds";
  private static final String ARCHIVE_JOB = "feed-archive";
  private static final int CONNECTIONS = 6;

  private final HikariDataSource postgres;
  private final RedisClient redis;
  private final FeedReader reader;

  public DemoFeeds(Addresses addresses) {
    postgres = ProductDatabase.pool(addresses, CONNECTIONS);
    redis = RedisClient.create(addresses.redisUrl());
    reader = FeedReader.builder(postgres).redis(redis).build();
  }

  /** Whether a demo runs the jobs that make them. */
  static boolean areMade() {
    return Jobs.ALL.containsAll(List.of(JOB, ARCHIVE_JOB));
  }

  /** By job: what differs from production. */
  public static Map<String, Settings> settings() {
    return Map.of(
        JOB,
        new Settings(
            Map.of(
                "feeds.activity.window",
                FeedScale.ACTIVITY_WINDOW.toSeconds() + " s",
                "feeds.celebrity.threshold",
                String.valueOf(FeedScale.CELEBRITY_THRESHOLD))));
  }

  @Override
  public Page read(Id user, Entry after, int size) {
    FeedPage page;
    try {
      page = reader.read(user, new Cursor(after.createdAt(), after.postId()), size);
    } catch (FeedUnavailableException e) {
      throw new SurfaceAwayException("Postgres", e);
    }
    Completeness.State state = page.completeness().state();
    return new Page(
        page.entries().stream().map(entry -> new Entry(entry.postId(), entry.createdAt())).toList(),
        Source.valueOf(page.source().name()),
        state == Completeness.State.COMPLETE || state == Completeness.State.NO_TIMELINE);
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
  }
}
