package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Pairs of an author and an active follower: the author commits a post and takes the token; once
 * {@code streams.wait_for} says that the surface has passed it, the post must be on the follower's
 * first page, and in {@code user_feeds}. How soon it is in the feed, whatever the surface says, is
 * the freshness.
 */
final class OwnPosts {
  private static final int PAIRS = 8;
  private static final int PAGE = 20;
  private static final long POLL_MILLIS = 5;

  /** A feed is claimed to be complete after two checkpoints: long, while processes are killed. */
  private static final Duration FIRST_FEED_WITHIN = Duration.ofMinutes(4);

  private static final Duration LOOK_FOR = Duration.ofSeconds(10);
  private static final Duration PROMISE_WITHIN = Duration.ofMinutes(4);
  private static final String FOLLOW =
      "insert into public.follows (follower_id, followee_id) values (?, ?) on conflict do nothing";
  private static final String POST =
      "insert into public.posts (author_id, content) values (?, 'Own post') returning id";

  record Outcome(
      int posts,
      long timeouts,
      long pagesFromSql,
      long brokenInRedis,
      long brokenInPostgres,
      Histogram redisMicros,
      Histogram postgresMicros) {}

  private record Pair(long author, long follower) {}

  private final Addresses addresses;
  private final FeedPages pages;
  private final ActiveReaders presence;
  private final int posts;
  private final String run = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder fromSql = new LongAdder();
  private final LongAdder brokenInRedis = new LongAdder();
  private final LongAdder brokenInPostgres = new LongAdder();
  private final Histogram redisMicros = new ConcurrentHistogram(3);
  private final Histogram postgresMicros = new ConcurrentHistogram(3);

  OwnPosts(Addresses addresses, FeedPages pages, ActiveReaders presence, int posts) {
    this.addresses = addresses;
    this.pages = pages;
    this.presence = presence;
    this.posts = posts;
  }

  /** One thread a pair; they end when all posts are done. */
  List<Thread> clients() {
    return IntStream.range(0, Math.min(PAIRS, posts))
        .mapToObj(pair -> new Thread(() -> work(pair), "own-posts-" + pair))
        .toList();
  }

  Outcome outcome() {
    return new Outcome(
        done.get(),
        timeouts.sum(),
        fromSql.sum(),
        brokenInRedis.sum(),
        brokenInPostgres.sum(),
        redisMicros.copy(),
        postgresMicros.copy());
  }

  private void work(int number) {
    try (PostgresSurface postgres = new PostgresSurface(addresses);
        RedisFeedSurface redis = new RedisFeedSurface(addresses)) {
      Pair pair = Retry.whileAway(() -> postgres.ask(connection -> create(connection, number)));
      presence.of(pair.follower());
      if (!await(FIRST_FEED_WITHIN, () -> redis.hasFeed(pair.follower()))) {
        timeouts.increment();
      }
      // after one that was not answered there is no use in asking more
      while (timeouts.sum() == 0 && next.getAndIncrement() < posts) {
        publish(pair, postgres, redis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(Pair pair, PostgresSurface postgres, RedisFeedSurface redis)
      throws InterruptedException {
    long post = Retry.whileAway(() -> postgres.ask(connection -> post(connection, pair)));
    long committed = System.nanoTime();
    Lsn token = Retry.whileAway(() -> postgres.ask(WalPosition::read));
    measure(committed, redisMicros, () -> redis.holds(pair.follower(), post));
    if (passes(postgres, RedisFeedSurface.SURFACE, token)) {
      Page page = Retry.whileAway(() -> pages.read(pair.follower(), FeedPages.TOP, PAGE));
      if (page.entries().stream().noneMatch(entry -> entry.postId() == post)) {
        brokenInRedis.increment();
      }
      if (page.source() == Source.SQL) {
        fromSql.increment();
      }
    }
    BooleanSupplier stored =
        () ->
            postgres.ask(connection -> DurableFeedSurface.holds(connection, pair.follower(), post));
    measure(committed, postgresMicros, stored);
    if (passes(postgres, DurableFeedSurface.SURFACE, token)
        && !Retry.whileAway(stored::getAsBoolean)) {
      brokenInPostgres.increment();
    }
    done.incrementAndGet();
  }

  private static void measure(long committed, Histogram micros, BooleanSupplier visible)
      throws InterruptedException {
    if (await(LOOK_FOR, visible)) {
      micros.recordValue((System.nanoTime() - committed) / 1_000);
    }
  }

  private boolean passes(PostgresSurface postgres, String surface, Lsn token)
      throws InterruptedException {
    boolean passed =
        await(
            PROMISE_WITHIN,
            () -> postgres.ask(connection -> OwnWrites.waitFor(connection, surface, token)));
    if (!passed) {
      timeouts.increment();
    }
    return passed;
  }

  private static boolean await(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!Retry.whileAway(condition::getAsBoolean)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private Pair create(Connection connection, int number) throws SQLException {
    String name = "own-" + run + "-" + number;
    Pair pair =
        new Pair(
            OwnWrites.insert(connection, OwnWrites.USER, name + "-author"),
            OwnWrites.insert(connection, OwnWrites.USER, name + "-follower"));
    try (PreparedStatement statement = connection.prepareStatement(FOLLOW)) {
      statement.setLong(1, pair.follower());
      statement.setLong(2, pair.author());
      statement.executeUpdate();
    }
    return pair;
  }

  private static long post(Connection connection, Pair pair) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(POST)) {
      statement.setLong(1, pair.author());
      return OwnWrites.onlyLong(statement);
    }
  }
}
