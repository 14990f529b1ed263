package com.shareuptime.streams.cli.feed;

import com.shareuptime.streams.cli.server.Commits;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.client.FeedEntry;
import com.shareuptime.streams.client.FeedPage;
import com.shareuptime.streams.client.FeedReader;
import com.shareuptime.streams.client.FeedUnavailableException;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.feed.Cursor;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import redis.clients.jedis.RedisClient;

/**
 * Pages of feeds as services read them, and beside them the same of the tables, of one moment as
 * far as that is possible.
 */
public final class Pages implements AutoCloseable {
  public static final String SURFACE = Surface.FEEDS_REDIS.label();

  /** While the tables' own page changes between two looks, nothing can be said. */
  private static final int ATTEMPTS = 10;

  private final RedisClient redis;
  private final FeedReader reader;
  private final PageTruth tables;
  private final Commits commits;
  private final Duration patience;

  /**
   * @param kinds what ids are
   * @param patience for the surface to pass what the tables showed
   */
  public Pages(Settings settings, IdKinds kinds, Duration patience) {
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    DataSource posts = source.dataSource();
    // two names of one database are one, so that a page needs no second query
    DataSource counters = sink.equals(source) ? posts : sink.dataSource();
    this.redis = Servers.redisPool(settings);
    this.reader = FeedReader.builder(posts).counters(counters).redis(redis).build();
    this.tables = new PageTruth(source, kinds);
    this.commits = new Commits(source, sink);
    this.patience = patience;
  }

  FeedView page(Id user, int page, int size) {
    tables.requireUser(user);
    return FeedView.of(user, page, size, read(user, page, size));
  }

  /** A page and that of the tables. */
  public FeedView compared(Id user, int page, int size) {
    tables.requireUser(user);
    for (int attempt = 1; ; attempt++) {
      List<Id> before = tables.page(user, page, size);
      boolean hasPassed = commits.awaitSurface(SURFACE, commits.position(), patience);
      FeedPage read = read(user, page, size);
      List<Id> after = tables.page(user, page, size);
      List<Id> ids = read.entries().stream().map(FeedEntry::postId).toList();
      boolean isEqual = ids.equals(before) || ids.equals(after);
      if (isEqual || before.equals(after) || attempt == ATTEMPTS) {
        return FeedView.of(user, page, size, read)
            .besides(ids.equals(before) ? before : after, hasPassed);
      }
    }
  }

  /** The page of the tables alone. */
  public List<Id> ofTables(Id user, int page, int size) {
    return tables.page(user, page, size);
  }

  private FeedPage read(Id user, int page, int size) {
    try {
      FeedPage read = reader.read(user, Cursor.TOP, size);
      for (int i = 1; i < page; i++) {
        if (read.next().isEmpty()) {
          return new FeedPage(List.of(), read.next(), read.completeness(), 0);
        }
        read = reader.read(user, read.next().get(), size);
      }
      return read;
    } catch (FeedUnavailableException e) {
      String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
      throw CommandException.unreachable(
          "Postgres: " + e.getMessage() + cause,
          "Check ./streams status, and that ./streams migrate has created the tables.",
          e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
