package com.shareuptime.streams.client;

import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.control.ControlMessage.Rebuild;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildFeed;
import com.shareuptime.streams.contract.control.ControlMessage.RebuildTimeline;
import com.shareuptime.streams.contract.feed.Cursor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads feeds. From the moment that the surface {@code feeds.redis} has passed a commit, a page
 * equals the page that SQL over the product's tables gives: whether the user has a feed in Redis or
 * not, and also while Redis is away, when SQL gives it.
 *
 * <p>Safe for use by many threads. It owns neither the connections nor the requests that it is
 * given. Where a feed is missing or mostly dead, it asks the feeds job for another, at most once in
 * five minutes each.
 */
public final class FeedReader {
  public static final int PAGE_SIZE = 20;

  /** Longer pages would make Redis and Postgres hand out thousands of entries at once. */
  public static final int LARGEST_PAGE = 500;

  /** A feed is worth being rebuilt if of at least so many dead entries … */
  private static final int MANY_DEAD = 20;

  private static final Duration ASK_AGAIN = Duration.ofMinutes(5);

  /** What reads pages where ids are of these kinds. */
  private record Pages(IdKinds kinds, PageReader reader) {
    FeedPage read(Id user, Cursor after, int size) {
      Cursor below = new Cursor(after.createdAt(), kinds.posts().convert(after.postId()));
      return reader.read(user, below, size);
    }
  }

  private final OfKinds<Pages> pages;
  private final FeedMetrics metrics;
  private final RebuildRequests requests;
  private final RateLimit limit = new RateLimit(ASK_AGAIN, System::nanoTime);

  private FeedReader(OfKinds<Pages> pages, FeedMetrics metrics, RebuildRequests requests) {
    this.pages = pages;
    this.metrics = metrics;
    this.requests = requests;
  }

  /**
   * @param source the product's database; the one of the counters too, unless {@link
   *     Builder#counters} says otherwise
   */
  public static Builder builder(DataSource source) {
    return new Builder(source);
  }

  /** The newest page, of the usual size. */
  public FeedPage read(Id user) {
    return read(user, Cursor.TOP, PAGE_SIZE);
  }

  /** The same of a user whose id is a number. */
  public FeedPage read(long user) {
    return read(Id.of(user));
  }

  /**
   * The page after {@code after}.
   *
   * @param user an id as the product has it; a UUID may be a text in upper case
   * @throws IllegalArgumentException if the user or the cursor cannot be, as ids are of another
   *     kind
   * @throws FeedUnavailableException if Postgres does not answer; Redis need not
   */
  public FeedPage read(Id user, Cursor after, int size) {
    if (size < 1 || size > LARGEST_PAGE) {
      throw new IllegalArgumentException(
          "A page has 1 to " + LARGEST_PAGE + " entries, not " + size);
    }
    long start = System.nanoTime();
    FeedPage page;
    Id reader;
    try {
      Pages known = pages("the feed of user " + user);
      reader = known.kinds().users().convert(user);
      page = known.read(reader, after, size);
    } catch (FeedUnavailableException e) {
      pages.forget();
      metrics.failed();
      throw e;
    }
    metrics.read(page, System.nanoTime() - start);
    askForWhatIsMissing(reader, page);
    return page;
  }

  /**
   * Reads a cursor that was written as a text.
   *
   * @throws IllegalArgumentException if it is none
   * @throws FeedUnavailableException if Postgres, which knows what ids are, does not answer
   */
  public Cursor cursor(String text) {
    return Cursor.parse(text, pages("a cursor").kinds().posts());
  }

  private Pages pages(String what) {
    try {
      return pages.get();
    } catch (SQLException e) {
      throw new FeedUnavailableException("Cannot read " + what + " from the product's tables", e);
    }
  }

  /** The same of a user whose id is a number. */
  public FeedPage read(long user, Cursor after, int size) {
    return read(Id.of(user), after, size);
  }

  public FeedMetrics metrics() {
    return metrics;
  }

  private void askForWhatIsMissing(Id user, FeedPage page) {
    Completeness completeness = page.completeness();
    if (completeness.state() == State.NO_FEED || isMostlyDead(page)) {
      ask(new RebuildFeed(user));
    }
    completeness.missing().forEach(author -> ask(new RebuildTimeline(author)));
  }

  private static boolean isMostlyDead(FeedPage page) {
    return page.deadEntries() >= MANY_DEAD && page.deadEntries() > page.entries().size();
  }

  private void ask(Rebuild request) {
    if (requests != RebuildRequests.NONE && limit.admits(request)) {
      metrics.askedForRebuild();
      requests.request(request);
    }
  }

  /** What a reader reads from. */
  public static final class Builder {
    private final DataSource source;
    private DataSource counters;
    private UnifiedJedis redis;
    private FeedMetrics metrics = new FeedMetrics();
    private RebuildRequests requests = RebuildRequests.NONE;

    private Builder(DataSource source) {
      this.source = Objects.requireNonNull(source);
      this.counters = source;
    }

    /** A pooled client; without one every page is read by SQL. Give it short timeouts. */
    public Builder redis(UnifiedJedis redis) {
      this.redis = redis;
      return this;
    }

    /** Where {@code streams.counters} is, if in another database than the posts. */
    public Builder counters(DataSource counters) {
      this.counters = Objects.requireNonNull(counters);
      return this;
    }

    public Builder metrics(FeedMetrics metrics) {
      this.metrics = Objects.requireNonNull(metrics);
      return this;
    }

    public Builder rebuildRequests(RebuildRequests requests) {
      this.requests = Objects.requireNonNull(requests);
      return this;
    }

    public FeedReader build() {
      RedisStore store = new RedisStore(redis, System::nanoTime);
      return new FeedReader(
          new OfKinds<>(counters, IdKinds::ofSink, kinds -> pages(store, kinds)),
          metrics,
          requests);
    }

    private Pages pages(RedisStore store, IdKinds kinds) {
      return new Pages(
          kinds, new PageReader(feeds(store, kinds), new PostTable(source, counters, kinds)));
    }

    private static FeedStore feeds(RedisStore store, IdKinds kinds) {
      return store.isUsed()
          ? new RedisFeeds(store, kinds)
          : (user, below, window, size) -> StoredFeed.none(State.UNUSED);
    }
  }
}
