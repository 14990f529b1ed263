package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.check.FeedTruth.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * A reader of pages all along. It asks SQL, waits until the surface has passed that moment, reads
 * the page, and asks SQL again: where nothing has changed in between, the page must be what SQL
 * said. What has changed is not judged. Half of the users are such as had a feed when last read.
 */
final class PageWatcher implements Runnable {
  private static final int USERS_A_ROUND = 30;
  private static final int PAGE = 20;
  private static final int EXAMPLES = 10;
  private static final long POLL_MILLIS = 20;

  /**
   * What was seen; a copy.
   *
   * @param judged pages of which nothing had changed
   * @param judgedFromRedis those of them that came from Redis, in part or wholly
   */
  record Sightings(
      long pages,
      long judged,
      long judgedFromRedis,
      long wrong,
      long unansweredRounds,
      List<String> examples) {}

  private final PostgresSurface postgres;
  private final RedisFeedSurface redis;
  private final FeedPages reader;
  private final List<Long> users;
  private final Set<Long> withFeed = new HashSet<>();
  private final List<String> examples = new ArrayList<>();
  private long pages;
  private long judged;
  private long judgedFromRedis;
  private long wrong;
  private long unanswered;

  PageWatcher(Addresses addresses, FeedPages reader, List<Long> users) {
    this.postgres = new PostgresSurface(addresses);
    this.redis = new RedisFeedSurface(addresses);
    this.reader = reader;
    this.users = users;
  }

  @Override
  public void run() {
    try (postgres;
        redis) {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          round();
        } catch (SurfaceAwayException e) {
          unansweredRound();
          Thread.sleep(POLL_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() throws InterruptedException {
    List<Long> some = Stream.concat(any(users), any(List.copyOf(withFeed))).distinct().toList();
    FeedTruth.Moment begin = postgres.ask(FeedTruth::now);
    Map<Long, List<Seen>> before = truth(some);
    Lsn token = postgres.ask(WalPosition::read);
    while (redis.progress().compareTo(token) < 0) {
      Thread.sleep(POLL_MILLIS);
    }
    Map<Long, Page> served = new HashMap<>();
    some.forEach(user -> served.put(user, reader.read(user, FeedPages.TOP, PAGE)));
    served.forEach(
        (user, page) -> {
          if (page.hasFeed()) {
            withFeed.add(user);
          } else {
            withFeed.remove(user);
          }
        });
    Map<Long, List<Seen>> after = truth(some);
    served.forEach((user, page) -> judge(user, before.get(user), page, after.get(user), begin));
  }

  private static Stream<Long> any(List<Long> users) {
    return users.isEmpty()
        ? Stream.empty()
        : ThreadLocalRandom.current().ints(USERS_A_ROUND / 2, 0, users.size()).mapToObj(users::get);
  }

  private Map<Long, List<Seen>> truth(List<Long> some) {
    return postgres.ask(connection -> FeedTruth.read(connection, some, PAGE));
  }

  private void judge(
      long user, List<Seen> before, Page page, List<Seen> after, FeedTruth.Moment begin) {
    FeedTally tally = new FeedTally();
    boolean same = before.equals(after);
    if (same) {
      tally.compare(user, FeedTruth.entries(before), page.entries(), PAGE);
      same = tally.isRight() || !wereThereForAWhile(user, before, page, begin);
    }
    note(page, same, tally);
  }

  /** What is there neither before nor after may rightly have been served in between. */
  private boolean wereThereForAWhile(
      long user, List<Seen> truth, Page page, FeedTruth.Moment begin) {
    List<Entry> extra = new ArrayList<>(page.entries());
    extra.removeAll(FeedTruth.entries(truth));
    return !extra.isEmpty()
        && postgres
            .ask(connection -> FeedTruth.changed(connection, user, extra, begin))
            .containsAll(extra.stream().map(Entry::postId).toList());
  }

  private synchronized void note(Page page, boolean same, FeedTally tally) {
    pages++;
    if (!same) {
      return;
    }
    judged++;
    if (page.source() != Source.SQL) {
      judgedFromRedis++;
    }
    if (!tally.isRight()) {
      wrong++;
      if (examples.size() < EXAMPLES) {
        examples.add(
            "%s %s, from %s: %s"
                .formatted(
                    Instant.now(), RedisFeedSurface.SURFACE, page.source(), tally.examples()));
      }
    }
  }

  private synchronized void unansweredRound() {
    unanswered++;
  }

  synchronized Sightings sightings() {
    return new Sightings(pages, judged, judgedFromRedis, wrong, unanswered, List.copyOf(examples));
  }
}
