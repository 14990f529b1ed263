package com.shareuptime.streams.contract.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.redis.RedisId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Decodes what Redis answers about a feed or timeline.
 *
 * @param member of what a client of Redis makes of a member and its score
 * @param score of the same
 * @param posts what ids of posts are
 */
public record ZsetDecoder<T>(Function<T, String> member, ToDoubleFunction<T> score, IdKind posts) {
  /** Where ids of posts are numbers. */
  public ZsetDecoder(Function<T, String> member, ToDoubleFunction<T> score) {
    this(member, score, IdKind.NUMBER);
  }

  /** Takes the entries of a zset. */
  public interface Entries {
    void add(Id post, long position);
  }

  /**
   * Reads a whole zset.
   *
   * @param entries take each post with its position, in the order of {@code members}
   * @param others takes what is no post's id: no post will ever be found under it
   * @return the mark; empty without one
   */
  public OptionalLong whole(Iterable<T> members, Entries entries, Consumer<String> others) {
    OptionalLong mark = OptionalLong.empty();
    for (T one : members) {
      String name = member.apply(one);
      long position = (long) score.applyAsDouble(one);
      if (name.equals(FeedZset.SENTINEL)) {
        mark = OptionalLong.of(position);
      } else {
        add(name, position, entries, others);
      }
    }
    return mark;
  }

  private void add(String name, long position, Entries entries, Consumer<String> others) {
    Id post;
    try {
      post = RedisId.read(name, posts);
    } catch (NumberFormatException e) {
      others.accept(name);
      return;
    }
    entries.add(post, position);
  }

  /**
   * Reads the newest part below a cursor. The mark is asked for before and after the members:
   * missing before, the zset is being built; raised meanwhile, members may have been trimmed that
   * were not read.
   *
   * @param before the sentinel's score; null where there is none
   * @param members from the cursor's position down, in the order of Redis
   * @param limit how many were asked for; negative for all
   * @return empty where the zset promises nothing
   * @throws NumberFormatException if a member is no post's id
   */
  public Optional<Slice> slice(
      Double before, List<T> members, Double after, int limit, Cursor below) {
    if (before == null || after == null) {
      return Optional.empty();
    }
    long mark = newestOf(Math.max(before, after));
    boolean reachesMark = limit < 0 || members.size() < limit;
    long lowest = mark;
    List<Cursor> found = new ArrayList<>(members.size());
    for (T one : members) {
      String name = member.apply(one);
      if (name.equals(FeedZset.SENTINEL)) {
        reachesMark = true;
        break;
      }
      lowest = newestOf(score.applyAsDouble(one));
      Cursor entry = new Cursor(lowest, RedisId.read(name, posts));
      if (entry.isOlderThan(below)
          || (lowest > FeedZset.FARTHEST && below.createdAt() >= FeedZset.FARTHEST)) {
        found.add(entry);
      }
    }
    // above the last entry only: Redis orders ties as text, so some of them may be cut off
    return Optional.of(new Slice(found, mark, reachesMark ? mark : Math.max(mark, lowest)));
  }

  /** The newest {@code created_at} that a score may stand for. */
  private static long newestOf(double score) {
    return score < FeedZset.FARTHEST ? (long) score : Long.MAX_VALUE;
  }
}
