package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.truth.WalPosition;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.RedisFeedSurface.Promise;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * {@code user_feeds} against SQL, for every user who has a feed: together with the timelines that
 * he pulls, it must hold all that he reads above the bound of his feed, but for posts of a far
 * future, which it has no week for. It may hold more.
 */
final class DurableFeedSurface {
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
      from unnest(?::bigint[], ?::bigint[]) as wanted (user_id, bound) join %s
      where p.created_at > to_timestamp(0) + least(wanted.bound, 253402300800000000) * interval '1 microsecond'
        and p.created_at < now() + interval '%d weeks'
      """
          .formatted(Truth.micros("p.created_at"), FeedTruth.ENTRIES, WEEKS_AHEAD);
  private static final String HOLDS =
      "select exists (select from streams.user_feeds where user_id = ? and post_id = ?)";

  private final Addresses addresses;

  DurableFeedSurface(Addresses addresses) {
    this.addresses = addresses;
  }

  /**
   * Compares until nothing is missing, or for so long: what is put into the feed of a user who has
   * just returned is written here a moment later, and no commit tells when.
   *
   * @param passed whether the surface has passed a position in time
   */
  FeedTally compare(Duration patience, Predicate<Lsn> passed) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try (PostgresSurface postgres = new PostgresSurface(addresses);
        RedisFeedSurface redis = new RedisFeedSurface(addresses)) {
      List<Long> users = Retry.whileAway(() -> postgres.ask(FeedTruth::users));
      FeedTally tally = once(users, postgres, redis, passed);
      while (!tally.isRight() && System.nanoTime() < deadline) {
        Thread.sleep(COMPARE_EVERY.toMillis());
        tally = once(users, postgres, redis, passed);
      }
      return tally;
    }
  }

  private static FeedTally once(
      List<Long> users, PostgresSurface postgres, RedisFeedSurface redis, Predicate<Lsn> passed)
      throws InterruptedException {
    Map<Long, Promise> promises = Retry.whileAway(() -> redis.promises(users));
    // what a feed holds was handed over before; from here on it has arrived
    var unused = passed.test(Retry.whileAway(() -> postgres.ask(WalPosition::read)));
    return Retry.whileAway(() -> postgres.ask(connection -> tally(connection, promises)));
  }

  private static FeedTally tally(Connection connection, Map<Long, Promise> promises)
      throws SQLException {
    FeedTally tally = new FeedTally();
    List<Long> users = List.copyOf(promises.keySet());
    List<Long> bounds = users.stream().map(user -> promises.get(user).bound()).toList();
    try (PreparedStatement statement = connection.prepareStatement(EXPECTED)) {
      statement.setArray(1, connection.createArrayOf("bigint", users.toArray()));
      statement.setArray(2, connection.createArrayOf("bigint", bounds.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long user = row.getLong(1);
          Entry entry = new Entry(row.getLong(2), row.getLong(3));
          tally.compared(1);
          if (!row.getBoolean(4) && !promises.get(user).pulled().contains(entry.postId())) {
            tally.missing(user, entry, "bound " + promises.get(user).bound());
          }
        }
      }
    }
    return tally;
  }

  static boolean holds(Connection connection, long user, long post) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDS)) {
      statement.setLong(1, user);
      statement.setLong(2, post);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }
}
