package com.shareuptime.streams.proof.check;

import static com.shareuptime.streams.proof.server.ProductDatabase.array;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.proof.check.Differences.Kind;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.RedisFeedSurface.Promise;
import com.shareuptime.streams.proof.thread.Until;
import com.shareuptime.streams.proof.traffic.Product;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * {@code user_feeds} against SQL, for every user who has a feed: together with the timelines that
 * he pulls, it must hold all that he reads above the bound of his feed, but for posts of a far
 * future, which it has no week for. It may hold more.
 */
record DurableFeedSurface(Product product) {
  static final String SURFACE = "feeds.postgres";

  /** By default the archive makes as many, and the rest of this one. */
  private static final int WEEKS_AHEAD = 4;

  private static final Duration COMPARE_EVERY = Duration.ofSeconds(2);
  private static final String EXPECTED =
      """
      select s.user_id, p.id, %s,
             exists (select from streams.user_feeds stored
                     where stored.user_id = s.user_id and stored.inserted_at = p.created_at
                       and stored.post_id = p.id)
      from unnest(?::%%s[], ?::bigint[]) as wanted (user_id, bound) join %%s
      where p.created_at > to_timestamp(0) + least(wanted.bound, 253402300800000000) * interval '1 microsecond'
        and p.created_at < now() + interval '%d weeks'
      """
          .formatted(Truth.micros("p.created_at"), WEEKS_AHEAD);
  private static final String HOLDS =
      "select exists (select from streams.user_feeds where user_id = ? and post_id = ?)";

  /**
   * Compares until nothing is missing, or for so long: what is put into the feed of a user who has
   * just returned is written here a moment later, and no commit tells when.
   *
   * @param passed whether the surface has passed a position in time
   */
  Differences compare(Duration patience, Predicate<Lsn> passed) throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product);
        RedisFeedSurface redis = new RedisFeedSurface(product)) {
      List<Id> users = postgres.await(FeedTruth::users);
      return Until.enough(
          patience, COMPARE_EVERY, () -> once(users, postgres, redis, passed), Differences::isNone);
    }
  }

  private Differences once(
      List<Id> users, PostgresSurface postgres, RedisFeedSurface redis, Predicate<Lsn> passed)
      throws InterruptedException {
    Map<Id, Promise> promises = Retry.whileAway(() -> redis.promises(users));
    // what a feed holds was handed over before; from here on it has arrived
    var unused = passed.test(postgres.await(PostgresSurface::insertPosition));
    return postgres.await(handle -> compare(handle, promises));
  }

  private Differences compare(Handle handle, Map<Id, Promise> promises) {
    IdKinds kinds = product.kinds();
    List<Id> users = List.copyOf(promises.keySet());
    List<Long> bounds = users.stream().map(user -> promises.get(user).bound()).toList();
    return handle
        .createQuery(EXPECTED.formatted(kinds.users().sql(), FeedTruth.entries(handle, kinds)))
        .bind(0, array(kinds.users(), users))
        .bindArray(1, Long.class, bounds)
        .reduceResultSet(
            new Differences(),
            (differences, row, context) -> {
              Id user = Id.ofSql(row.getObject(1));
              Promise promise = promises.get(user);
              Entry entry = new Entry(Id.ofSql(row.getObject(2)), row.getLong(3));
              differences.compared(1);
              if (!row.getBoolean(4) && !promise.pulled().contains(entry.postId())) {
                differences.add(
                    Kind.MISSING,
                    "user %s: %s is missing, bound %d".formatted(user, entry, promise.bound()));
              }
              return differences;
            });
  }

  static boolean holds(Handle handle, IdKinds kinds, Id user, Id post) {
    return handle
        .select(HOLDS, kinds.users().sql(user), kinds.posts().sql(post))
        .mapTo(boolean.class)
        .one();
  }
}
