package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.explain.user.UserView.Feed;
import com.shareuptime.streams.cli.feed.FeedView;
import com.shareuptime.streams.cli.feed.Pages;
import com.shareuptime.streams.cli.hole.HoleTable;
import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.cli.output.Answer;
import com.shareuptime.streams.cli.server.Commits;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.server.SurfaceLag;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.feed.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads the first page of a user's feed as services do and as the tables have it, then what the
 * surfaces hold of it, and looks again while something is missing there: what has just been written
 * may be on its way.
 */
public final class UserExplanation {
  private static final int PAGE_SIZE = 20;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final List<String> ALIASES = List.of("posts", "reels");

  private final Settings settings;
  private final IdKinds kinds;
  private final Duration patience;
  private final AccountTable accounts;
  private final Commits commits;
  private final ServedFeedSets redis;
  private final DurableFeeds durable;
  private final UserRecords records;
  private final HoleTable holes;

  /**
   * @param kinds what ids are
   * @param patience for each surface to pass what the tables showed
   * @param last how far back Kafka is asked
   */
  public UserExplanation(Settings settings, IdKinds kinds, Duration patience, Duration last) {
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    this.settings = settings;
    this.kinds = kinds;
    this.patience = patience;
    this.accounts = new AccountTable(source, kinds.posts());
    this.commits = new Commits(source, sink);
    this.redis = new ServedFeedSets(settings, kinds);
    this.durable = new DurableFeeds(sink);
    this.records = new UserRecords(settings, last);
    this.holes = new HoleTable(source);
  }

  public Answer of(Id user) {
    Account account = accounts.read(user);
    String position = commits.position();
    List<Snapshots> snapshots = snapshots(user, account, position);
    Feed feed = feed(user);
    List<SurfaceLag> progress = new ArrayList<>();
    for (String surface : surfaces()) {
      Optional<SurfaceLag> one = commits.progress(surface, position);
      one.ifPresent(progress::add);
    }
    return new UserView(
        user, account, feed, snapshots, holes.of("users", user), progress, records.read(user));
  }

  private List<Snapshots> snapshots(Id user, Account account, String position) {
    Optional<AuthorSnapshots> documents = OpenSearch.of(settings).map(AuthorSnapshots::new);
    List<Snapshots> snapshots = new ArrayList<>();
    if (documents.isPresent()) {
      for (String alias : ALIASES) {
        boolean hasPassed = commits.awaitSurface("search." + alias, position, patience);
        snapshots.add(documents.get().read(alias, user, account, hasPassed));
      }
    }
    return snapshots;
  }

  private Feed feed(Id user) {
    try (Pages pages = new Pages(settings, kinds, patience)) {
      AtomicReference<Feed> feed = new AtomicReference<>();
      Await.until(
          patience,
          PAUSE,
          () -> {
            feed.set(look(user, pages));
            return feed.get().still()
                && feed.get().differences().stream().noneMatch(FeedDifference::isMissing);
          });
      return feed.get();
    }
  }

  private Feed look(Id user, Pages pages) {
    FeedView page = pages.compared(user, 1, PAGE_SIZE);
    List<Id> shown = page.tables().postIds();
    boolean hasPassed = commits.awaitSurface(DurableFeeds.SURFACE, commits.position(), patience);
    List<Cursor> positions = accounts.positions(shown);
    long lowest = positions.isEmpty() ? 0 : positions.get(positions.size() - 1).createdAt();
    RedisFeed inRedis = redis.read(user);
    DurableFeed copy = durable.read(user, lowest);
    boolean isStill = pages.ofTables(user, 1, PAGE_SIZE).equals(shown);
    return new Feed(
        page,
        inRedis,
        copy,
        FeedDifference.of(positions, inRedis, copy),
        isStill,
        hasPassed && page.tables().hasPassed());
  }

  private List<String> surfaces() {
    List<String> surfaces = new ArrayList<>(List.of(Pages.SURFACE, DurableFeeds.SURFACE));
    if (settings.get(AddressKeys.OPENSEARCH_URL).isPresent()) {
      ALIASES.forEach(alias -> surfaces.add("search." + alias));
    }
    return surfaces;
  }
}
