package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.contract.truth.UserQueries;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.proof.check.FeedTruth;
import com.shareuptime.streams.proof.server.ProductDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
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
      "select id from (%s) users order by hashint8extended(id, ?)".formatted(UserQueries.IDS);

  /**
   * A post in a user's feed.
   *
   * @param position in epoch microseconds
   * @param rows versions of the post's row, its author's, and the one that says who follows him
   */
  record Entry(Id user, Id post, long position, String rows) {}

  private final Handle handle;
  private final Jedis redis;

  FeedEntries(Addresses addresses) {
    this.handle = ProductDatabase.at(addresses).open();
    this.redis = addresses.redis();
  }

  /**
   * Spoils an entry.
   *
   * @param moves whether it is put a second earlier, or else taken out
   * @return what is left, as {@link #read} tells it; null if the entry is still on its way
   */
  abstract String spoil(Entry entry, boolean moves);

  @Override
  public final List<CorruptEntry> spoil(int rows, SplittableRandom random) {
    List<CorruptEntry> spoiled = new ArrayList<>();
    for (Entry entry : choose(rows, random)) {
      String left = spoil(entry, random.nextBoolean());
      if (left != null) {
        spoiled.add(
            new CorruptEntry(surface(), "user", entry.user(), entry.post(), entry.rows(), left));
      }
    }
    return spoiled;
  }

  /** Some of each of so many feeds as it takes. */
  private List<Entry> choose(int most, SplittableRandom random) {
    List<Entry> chosen = new ArrayList<>();
    for (Id user : handle.select(USERS, random.nextLong()).mapTo(Id.class).list()) {
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
  public final boolean isStillWrong(CorruptEntry row) {
    return required(row.id()).stream()
        .anyMatch(entry -> entry.post().equals(row.entry()) && entry.rows().equals(row.basis()));
  }

  private List<Entry> required(Id user) {
    Double mark = redis.zscore(RedisKey.FEED.of(user), FeedZset.SENTINEL);
    if (mark == null) {
      return List.of();
    }
    Set<String> pulled = new HashSet<>(redis.smembers(RedisKey.PULL.of(user)));
    return FeedTruth.read(handle, IdKinds.NUMBERS, List.of(user), NEWEST).get(user).stream()
        .filter(seen -> !pulled.contains(seen.author().toString()))
        .map(seen -> entry(user, seen))
        .filter(entry -> entry.position() > mark)
        .collect(Collectors.toList());
  }

  private static Entry entry(Id user, FeedTruth.Seen seen) {
    return new Entry(user, seen.entry().postId(), seen.entry().createdAt(), seen.rows());
  }

  final Handle handle() {
    return handle;
  }

  final Jedis redis() {
    return redis;
  }

  @Override
  public final void close() {
    redis.close();
    handle.close();
  }
}
