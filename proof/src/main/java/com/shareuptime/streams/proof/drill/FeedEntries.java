package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import redis.clients.jedis.Jedis;

/**
 * Takes out, and puts a second earlier, entries that feeds must have: above the mark, of authors
 * whose posts are pushed.
 */
abstract class FeedEntries implements Corruption {
  /** Of a feed with much that is wrong reconcile names five. */
  private static final int MOST_OF_A_FEED = 4;

  private static final int NEWEST = 200;

  private static final String USERS =
      "select id from public.users order by hashint8extended(id, ?)";

  private static final String ENTRIES =
      """
      select p.id, (extract(epoch from p.created_at) * 1000000)::bigint, p.author_id,
             concat_ws('/', p.xmin, a.xmin, read.row)
      from (select followee_id as id, xmin::text as row from public.follows
            where follower_id = ? and status = 'accepted'
            union all select ?, '') read
      join public.users a on a.id = read.id and a.is_active
      join public.posts p on p.author_id = a.id and not p.is_deleted
        and p.visibility in ('public', 'followers')
      order by 2 desc, 1 desc limit %d
      """
          .formatted(NEWEST);

  /**
   * A post in a user's feed.
   *
   * @param position in epoch microseconds
   * @param rows versions of the post's row, its author's, and the one that says who follows him
   */
  record Entry(long user, long post, long position, String rows) {
    String key() {
      return "user:" + user;
    }
  }

  private final Connection connection;
  private final Jedis redis;

  FeedEntries(Addresses addresses) throws SQLException {
    this.connection = addresses.connect();
    this.redis = addresses.redis();
  }

  /**
   * Spoils an entry.
   *
   * @param moves whether it is put a second earlier, or else taken out
   * @return what is left, as {@link #read} tells it; null if the entry is still on its way
   */
  abstract String spoil(Entry entry, boolean moves) throws SQLException;

  @Override
  public final List<CorruptEntry> spoil(int rows, SplittableRandom random) throws SQLException {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (Entry entry : choose(rows, random)) {
      String left = spoil(entry, random.nextBoolean());
      if (left != null) {
        spoiled.add(new CorruptEntry(surface(), entry.key(), entry.post(), entry.rows(), left));
      }
    }
    return spoiled;
  }

  /** Some of each of so many feeds as it takes. */
  private List<Entry> choose(int most, SplittableRandom random) throws SQLException {
    List<Entry> chosen = new ArrayList<>();
    for (long user : users(random)) {
      List<Entry> demanded = required(user);
      for (int i = 0; i < MOST_OF_A_FEED && !demanded.isEmpty(); i++) {
        chosen.add(demanded.remove(random.nextInt(demanded.size())));
      }
      if (chosen.size() >= most) {
        return chosen.subList(0, most);
      }
    }
    return chosen;
  }

  /** Whether it has been demanded all along: what was hidden for a while was right to lack. */
  @Override
  public final boolean isStillWrong(CorruptEntry row) throws SQLException {
    return required(row.id()).stream()
        .anyMatch(entry -> entry.post() == row.entry() && entry.rows().equals(row.basis()));
  }

  private List<Entry> required(long user) throws SQLException {
    Double mark = redis.zscore(RedisKey.FEED.of(user), FeedZset.SENTINEL);
    if (mark == null) {
      return List.of();
    }
    Set<String> pulled = new HashSet<>(redis.smembers(RedisKey.PULL.of(user)));
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
      statement.setLong(1, user);
      statement.setLong(2, user);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getLong(2) > mark && !pulled.contains(row.getString(3))) {
            entries.add(new Entry(user, row.getLong(1), row.getLong(2), row.getString(4)));
          }
        }
      }
    }
    return entries;
  }

  private List<Long> users(SplittableRandom random) throws SQLException {
    List<Long> users = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(USERS)) {
      statement.setLong(1, random.nextLong());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          users.add(row.getLong(1));
        }
      }
    }
    return users;
  }

  final Connection connection() {
    return connection;
  }

  final Jedis redis() {
    return redis;
  }

  @Override
  public final void close() throws SQLException {
    redis.close();
    connection.close();
  }
}
