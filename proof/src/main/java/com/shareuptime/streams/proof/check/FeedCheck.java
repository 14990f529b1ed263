package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.CheckReport.FeedResult;
import com.shareuptime.streams.proof.check.CheckReport.SurfaceResult;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/** The part of a check that judges feeds: as pages in Redis, and as rows in Postgres. */
final class FeedCheck implements AutoCloseable {
  static final List<String> SURFACES =
      List.of(RedisFeedSurface.SURFACE, DurableFeedSurface.SURFACE);

  /** A post takes longer than a like: it waits for two surfaces, one after the other. */
  private static final int MOST_POSTS = 100;

  record Findings(List<SurfaceResult> surfaces, FeedResult feeds) {}

  private final Addresses addresses;
  private final FeedPages reader;
  private final int posts;
  private final ActiveReaders presence;
  private final OwnPosts ownPosts;
  private final List<Thread> clients = new ArrayList<>();
  private PageWatcher watcher;
  private Thread watching;

  FeedCheck(Addresses addresses, FeedPages reader, int ownWrites) {
    this.addresses = addresses;
    this.reader = reader;
    this.posts = Math.min(ownWrites, MOST_POSTS);
    this.presence = new ActiveReaders(addresses.kafkaBootstrap());
    this.ownPosts = new OwnPosts(addresses, reader, presence, posts);
  }

  /** Once the surfaces serve what was there before. */
  void start() throws InterruptedException {
    List<Long> users;
    try (PostgresSurface postgres = new PostgresSurface(addresses)) {
      users = Retry.whileAway(() -> postgres.ask(FeedTruth::users));
    }
    watcher = new PageWatcher(addresses, reader, users);
    watching = start(new Thread(watcher, "watch-" + RedisFeedSurface.SURFACE));
    ownPosts.clients().forEach(client -> clients.add(start(client)));
  }

  void awaitClients() throws InterruptedException {
    for (Thread client : clients) {
      client.join();
    }
  }

  /** Call it when nothing is written any more and the surfaces have passed all that was. */
  Findings finish(Predicate<Lsn> passed, Duration patience) throws InterruptedException {
    watching.interrupt();
    PageComparison compared = PageComparison.of(addresses, reader);
    FeedTally stored = new DurableFeedSurface(addresses).compare(patience, passed);
    OwnPosts.Outcome own = ownPosts.outcome();
    PageWatcher.Sightings seen = watcher.sightings();
    return new Findings(
        List.of(redis(compared, own, seen), postgres(stored, own)), feeds(compared, own, seen));
  }

  private static SurfaceResult redis(
      PageComparison compared, OwnPosts.Outcome own, PageWatcher.Sightings seen) {
    long pages = compared.pages().values().stream().mapToLong(Long::longValue).sum();
    List<String> examples = new ArrayList<>(examples(RedisFeedSurface.SURFACE, compared.tally()));
    examples.addAll(seen.examples());
    Map<Violation, Long> violations = violations(Violation.BROKEN_PROMISE, own.brokenInRedis());
    violations.putAll(violations(Violation.WRONG_PAGE, seen.wrong()));
    return result(
        RedisFeedSurface.SURFACE,
        compared.tally(),
        own.redisMicros(),
        pages + seen.pages(),
        seen.unansweredRounds(),
        violations,
        examples);
  }

  private static SurfaceResult postgres(FeedTally stored, OwnPosts.Outcome own) {
    return result(
        DurableFeedSurface.SURFACE,
        stored,
        own.postgresMicros(),
        own.posts() + 1,
        0,
        violations(Violation.BROKEN_PROMISE, own.brokenInPostgres()),
        examples(DurableFeedSurface.SURFACE, stored));
  }

  private static SurfaceResult result(
      String surface,
      FeedTally tally,
      Histogram freshness,
      long reads,
      long unanswered,
      Map<Violation, Long> violations,
      List<String> examples) {
    return new SurfaceResult(
        surface,
        tally.compared(),
        tally.wrong(),
        tally.missing(),
        tally.extra(),
        tally.outOfOrder(),
        Check.millis(freshness, 50),
        Check.millis(freshness, 99),
        freshness.getTotalCount(),
        reads,
        unanswered,
        violations,
        examples);
  }

  private FeedResult feeds(
      PageComparison compared, OwnPosts.Outcome own, PageWatcher.Sightings seen) {
    Map<String, Long> pages = new TreeMap<>();
    for (Source source : Source.values()) {
      pages.put(source.label(), compared.pages().getOrDefault(source, 0L));
    }
    return new FeedResult(
        compared.users(),
        compared.usersWithFeed(),
        pages,
        seen.pages(),
        seen.judged(),
        seen.judgedFromRedis(),
        posts,
        own.posts(),
        own.timeouts(),
        own.pagesFromSql());
  }

  private static Map<Violation, Long> violations(Violation violation, long n) {
    Map<Violation, Long> violations = new EnumMap<>(Violation.class);
    if (n > 0) {
      violations.put(violation, n);
    }
    return violations;
  }

  private static List<String> examples(String surface, FeedTally tally) {
    return tally.examples().stream().map(example -> surface + " " + example).toList();
  }

  private static Thread start(Thread thread) {
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void close() {
    clients.forEach(Thread::interrupt);
    if (watching != null) {
      watching.interrupt();
    }
    presence.close();
  }
}
