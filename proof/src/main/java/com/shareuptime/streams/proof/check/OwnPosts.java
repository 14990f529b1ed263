package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Pairs of an author and an active follower, who sends events in one half of the pairs, and in the
 * other writes posts of his own and nothing else: the author commits a post and takes the token;
 * once {@code streams.wait_for} says that the surface has passed it, the post must be on the
 * follower's first page, and in {@code user_feeds}. How soon it is in the feed, whatever the
 * surface says, is the freshness.
 */
final class OwnPosts extends OwnRows {
  private static final int PAIRS = 8;
  private static final int PAGE = 20;
  private static final Duration POLL = Duration.ofMillis(5);

  /** A feed is claimed to be complete after two checkpoints: long, while processes are killed. */
  private static final Duration FIRST_FEED_WITHIN = Duration.ofMinutes(4);

  private static final Duration LOOK_FOR = Duration.ofSeconds(10);
  private static final Duration PROMISE_WITHIN = Duration.ofMinutes(4);

  private final FeedPages pages;
  private final ActiveReaders presence;
  private final LongAdder fromSql = new LongAdder();
  private final LongAdder brokenInRedis = new LongAdder();
  private final LongAdder brokenInPostgres = new LongAdder();

  OwnPosts(Product product, FeedPages pages, ActiveReaders presence, int posts) {
    super(product, posts);
    this.pages = pages;
    this.presence = presence;
  }

  List<Thread> clients() {
    return clients("own-posts", PAIRS);
  }

  /** Pages that SQL alone gave. */
  long fromSql() {
    return fromSql.sum();
  }

  long brokenInRedis() {
    return brokenInRedis.sum();
  }

  long brokenInPostgres() {
    return brokenInPostgres.sum();
  }

  @Override
  Client client(int number, PostgresSurface postgres) throws InterruptedException {
    String name = "own-" + run + "-" + number;
    Id author = postgres.await(handle -> single.user(handle, name + "-author"));
    Id follower = postgres.await(handle -> single.user(handle, name + "-follower"));
    int unused = postgres.await(handle -> single.follow(handle, follower, author));
    boolean isActiveByRows = number % 2 == 1;
    if (!isActiveByRows) {
      presence.of(follower);
    }
    Pair pair = new Pair(author, follower, isActiveByRows, postgres, new RedisFeedSurface(product));
    if (!Until.isTrue(FIRST_FEED_WITHIN, POLL, pair::hasFeed)) {
      timeouts.increment();
    }
    return pair;
  }

  private final class Pair implements Client {
    private final Id author;
    private final Id follower;
    private final boolean isActiveByRows;
    private final PostgresSurface postgres;
    private final RedisFeedSurface redis;
    private long lastActive = System.nanoTime() - ActiveReaders.EVERY.toNanos();

    private Pair(
        Id author,
        Id follower,
        boolean isActiveByRows,
        PostgresSurface postgres,
        RedisFeedSurface redis) {
      this.author = author;
      this.follower = follower;
      this.isActiveByRows = isActiveByRows;
      this.postgres = postgres;
      this.redis = redis;
    }

    private boolean hasFeed() throws InterruptedException {
      beActive();
      return Retry.whileAway(() -> redis.hasFeed(follower));
    }

    /** The follower writes a row, if that is how he is active and the last was some time ago. */
    private void beActive() throws InterruptedException {
      long now = System.nanoTime();
      if (isActiveByRows && now - lastActive >= ActiveReaders.EVERY.toNanos()) {
        Id unused = postgres.await(handle -> single.post(handle, follower));
        lastActive = now;
      }
    }

    @Override
    public void write() throws InterruptedException {
      beActive();
      Id post = postgres.await(handle -> single.post(handle, author));
      long committed = System.nanoTime();
      Lsn token = postgres.await(PostgresSurface::insertPosition);
      measure(committed, redisMicros, () -> redis.holds(follower, post));
      if (passes(RedisFeedSurface.SURFACE, token)) {
        Page page = Retry.whileAway(() -> pages.read(follower, FeedPages.TOP, PAGE));
        if (page.entries().stream().noneMatch(entry -> entry.postId().equals(post))) {
          brokenInRedis.increment();
        }
        if (page.source() == Source.SQL) {
          fromSql.increment();
        }
      }
      Supplier<Boolean> stored =
          () ->
              postgres.ask(
                  handle -> DurableFeedSurface.holds(handle, product.kinds(), follower, post));
      measure(committed, postgresMicros, stored);
      if (passes(DurableFeedSurface.SURFACE, token) && !Retry.whileAway(stored)) {
        brokenInPostgres.increment();
      }
    }

    private boolean passes(String surface, Lsn token) throws InterruptedException {
      boolean passed = isSeen(PROMISE_WITHIN, () -> postgres.waitFor(surface, token));
      if (!passed) {
        timeouts.increment();
      }
      return passed;
    }

    @Override
    public void close() {
      redis.close();
    }
  }

  private static void measure(long committed, Histogram micros, Supplier<Boolean> visible)
      throws InterruptedException {
    if (isSeen(LOOK_FOR, visible)) {
      micros.recordValue((System.nanoTime() - committed) / 1_000);
    }
  }

  private static boolean isSeen(Duration patience, Supplier<Boolean> condition)
      throws InterruptedException {
    return Until.isTrue(patience, POLL, () -> Retry.whileAway(condition));
  }
}
