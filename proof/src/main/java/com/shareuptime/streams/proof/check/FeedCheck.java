package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.check.CheckReport.FeedResult;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The part of a check that judges feeds: as pages in Redis, and as rows in Postgres. */
final class FeedCheck implements AutoCloseable {
  static final List<String> SURFACES =
      List.of(RedisFeedSurface.SURFACE, DurableFeedSurface.SURFACE);

  /** A post takes longer than a like: it waits for two surfaces, one after the other. */
  private static final int MOST_POSTS = 100;

  record Findings(List<SurfaceResult> surfaces, FeedResult feeds) {}

  private final Product product;
  private final FeedPages reader;
  private final int posts;
  private final ActiveReaders presence;
  private final OwnPosts ownPosts;

  FeedCheck(Product product, FeedPages reader, int ownWrites) {
    this.product = product;
    this.reader = reader;
    this.posts = Math.min(ownWrites, MOST_POSTS);
    this.presence = new ActiveReaders(product.addresses().kafkaBootstrap());
    this.ownPosts = new OwnPosts(product, reader, presence, posts);
  }

  /** Once the surfaces serve what was there before. */
  void start(Watch watch) throws InterruptedException {
    watch.pages(reader);
    watch.writers(ownPosts.clients());
  }

  /** Call it when nothing is written any more and the surfaces have passed all that was. */
  Findings finish(PageWatcher watched, Predicate<Lsn> passed, Duration patience)
      throws InterruptedException {
    PageComparison compared = PageComparison.of(product, reader);
    Differences stored = new DurableFeedSurface(product).compare(patience, passed);
    return new Findings(
        List.of(redis(compared, watched.sightings()), postgres(stored)), feeds(compared, watched));
  }

  private SurfaceResult redis(PageComparison compared, Sightings seen) {
    long pages = compared.pages().values().stream().mapToLong(Long::longValue).sum();
    Map<Violation, Long> violations = new EnumMap<>(broken(ownPosts.brokenInRedis()));
    violations.putAll(seen.violations());
    return compared
        .differences()
        .with(
            new Sightings(
                seen.surface(),
                pages + seen.reads(),
                seen.unansweredRounds(),
                violations,
                seen.examples(),
                ownPosts.redisMicros));
  }

  private SurfaceResult postgres(Differences stored) {
    return stored.with(
        new Sightings(
            DurableFeedSurface.SURFACE,
            ownPosts.done() + 1,
            0,
            broken(ownPosts.brokenInPostgres()),
            List.of(),
            ownPosts.postgresMicros));
  }

  private static Map<Violation, Long> broken(long promises) {
    Map<Violation, Long> violations = new EnumMap<>(Violation.class);
    if (promises > 0) {
      violations.put(Violation.BROKEN_PROMISE, promises);
    }
    return violations;
  }

  private FeedResult feeds(PageComparison compared, PageWatcher watched) {
    Map<String, Long> pages = new TreeMap<>();
    for (Source source : Source.values()) {
      pages.put(source.label(), compared.pages().getOrDefault(source, 0L));
    }
    return new FeedResult(
        compared.users(),
        compared.usersWithFeed(),
        pages,
        watched.sightings().reads(),
        watched.judged(),
        watched.judgedFromRedis(),
        posts,
        ownPosts.done(),
        ownPosts.timeouts(),
        ownPosts.fromSql());
  }

  @Override
  public void close() {
    presence.close();
  }
}
