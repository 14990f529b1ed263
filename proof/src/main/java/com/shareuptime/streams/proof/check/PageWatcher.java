package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.check.FeedTruth.Seen;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * A reader of pages all along. It asks SQL, waits until the surface has passed that moment, reads
 * the page, and asks SQL again: where nothing has changed in between, the page must be what SQL
 * said. What has changed is not judged. Half of the users are such as had a feed when last read.
 */
final class PageWatcher extends SurfaceReader {
  private static final int USERS_A_ROUND = 30;
  private static final int PAGE = 20;
  private static final long POLL_MILLIS = 20;

  private final PostgresSurface postgres;
  private final RedisFeedSurface redis;
  private final FeedPages pages;
  private final IdKinds kinds;
  private final List<Id> users;
  private final Set<Id> withFeed = new HashSet<>();
  private final LongAdder judged = new LongAdder();
  private final LongAdder judgedFromRedis = new LongAdder();

  PageWatcher(Product product, FeedPages pages) throws InterruptedException {
    super(RedisFeedSurface.SURFACE, POLL_MILLIS);
    this.postgres = new PostgresSurface(product);
    this.redis = new RedisFeedSurface(product);
    this.pages = pages;
    this.kinds = product.kinds();
    this.users = postgres.await(FeedTruth::users);
  }

  @Override
  void round() throws InterruptedException {
    List<Id> some = Stream.concat(any(users), any(List.copyOf(withFeed))).distinct().toList();
    FeedTruth.Moment begin = postgres.ask(FeedTruth::now);
    Map<Id, List<Seen>> before = truth(some);
    Lsn token = postgres.ask(PostgresSurface::insertPosition);
    while (redis.progress().compareTo(token) < 0) {
      Thread.sleep(POLL_MILLIS);
    }
    Map<Id, Page> served = new HashMap<>();
    some.forEach(user -> served.put(user, pages.read(user, FeedPages.TOP, PAGE)));
    served.forEach(
        (user, page) -> {
          if (page.hasFeed()) {
            withFeed.add(user);
          } else {
            withFeed.remove(user);
          }
        });
    Map<Id, List<Seen>> after = truth(some);
    served.forEach((user, page) -> judge(user, before.get(user), page, after.get(user), begin));
  }

  private static Stream<Id> any(List<Id> users) {
    return users.isEmpty()
        ? Stream.empty()
        : ThreadLocalRandom.current().ints(USERS_A_ROUND / 2, 0, users.size()).mapToObj(users::get);
  }

  private Map<Id, List<Seen>> truth(List<Id> some) {
    return postgres.ask(handle -> FeedTruth.read(handle, kinds, some, PAGE));
  }

  private void judge(
      Id user, List<Seen> before, Page page, List<Seen> after, FeedTruth.Moment begin) {
    read();
    if (!before.equals(after)) {
      return;
    }
    Differences differences = new Differences();
    FeedOrder.compare(user, FeedTruth.entries(before), page.entries(), PAGE, differences);
    if (!differences.isNone() && wereThereForAWhile(user, before, page, begin)) {
      return;
    }
    judged.increment();
    if (page.source() != Source.SQL) {
      judgedFromRedis.increment();
    }
    if (!differences.isNone()) {
      report(Violation.WRONG_PAGE, "from %s: %s".formatted(page.source(), differences.examples()));
    }
  }

  /** What is there neither before nor after may rightly have been served in between. */
  private boolean wereThereForAWhile(Id user, List<Seen> truth, Page page, FeedTruth.Moment begin) {
    List<Entry> extra = new ArrayList<>(page.entries());
    extra.removeAll(FeedTruth.entries(truth));
    return !extra.isEmpty()
        && postgres
            .ask(handle -> FeedTruth.changed(handle, kinds, user, extra, begin))
            .containsAll(extra.stream().map(Entry::postId).toList());
  }

  /** Pages of which nothing had changed. */
  long judged() {
    return judged.sum();
  }

  /** Those of them that came from Redis, in part or wholly. */
  long judgedFromRedis() {
    return judgedFromRedis.sum();
  }

  @Override
  void close() {
    postgres.close();
    redis.close();
  }
}
