package com.shareuptime.streams.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.client.Completeness.State;
import com.shareuptime.streams.client.History.Post;
import com.shareuptime.streams.client.History.Zset;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.feed.Slice;
import com.shareuptime.streams.contract.feed.Window;
import com.shareuptime.streams.contract.feed.ZsetDecoder;
import com.shareuptime.streams.contract.redis.RedisId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.resps.Tuple;

class PageReaderTest {
  private static final int HISTORIES = 5_000;

  /** Zsets in memory, in the order of Redis: ties by the text of their members. */
  private record ZsetsOf(History history) implements FeedStore {
    @Override
    public StoredFeed read(Id user, Cursor below, Window window, int size) {
      Optional<Slice> feed = slice(history.feed, below, window.ofFeed(size));
      if (feed.isEmpty()) {
        return StoredFeed.none(State.NO_FEED);
      }
      SortedMap<Id, Optional<Slice>> timelines = new TreeMap<>();
      for (Id author : history.pulled) {
        Zset timeline = history.timelines.get(author);
        timelines.put(author, slice(timeline, below, window.ofTimeline(size)));
      }
      return StoredFeed.of(feed.get(), timelines);
    }

    private Optional<Slice> slice(Zset zset, Cursor below, int limit) {
      List<Tuple> tuples = new ArrayList<>();
      zset.entries().forEach((id, at) -> tuples.add(new Tuple(RedisId.write(id), (double) at)));
      Double mark = zset.mark() == null ? null : (double) zset.mark();
      if (mark != null) {
        tuples.add(new Tuple(FeedZset.SENTINEL, mark));
      }
      List<Tuple> range =
          tuples.stream()
              .filter(tuple -> tuple.getScore() <= below.createdAt())
              .sorted(
                  Comparator.comparingDouble(Tuple::getScore)
                      .thenComparing(Tuple::getElement)
                      .reversed())
              .limit(limit < 0 ? Long.MAX_VALUE : limit)
              .toList();
      return new ZsetDecoder<>(Tuple::getElement, Tuple::getScore, history.ids.kind)
          .slice(mark, range, mark, limit, below);
    }
  }

  private record TablesOf(History history) implements PostStore {
    @Override
    public List<FeedEntry> shown(Id user, Collection<Id> ids) {
      return history.truth().stream()
          .filter(post -> ids.contains(post.id()))
          .map(TablesOf::entry)
          .toList();
    }

    @Override
    public List<FeedEntry> newest(Id user, Cursor below, int limit) {
      return history.truth().stream()
          .filter(post -> post.cursor().isOlderThan(below))
          .limit(limit)
          .map(TablesOf::entry)
          .toList();
    }

    private static FeedEntry entry(Post post) {
      return new FeedEntry(
          post.id(), post.author(), post.createdAt(), "", Counts.ZERO, Origin.TABLE);
    }
  }

  private static List<Id> ids(FeedPage page) {
    return page.entries().stream().map(FeedEntry::postId).toList();
  }

  @Test
  void everyPageEqualsThatOfTheTables() {
    Map<FeedPage.Source, Integer> sources = new EnumMap<>(FeedPage.Source.class);
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, DrawnIds.drawn(seed));
      PageReader reader = new PageReader(new ZsetsOf(history), new TablesOf(history));
      int size = 1 + history.random.nextInt(40);
      Cursor after = Cursor.TOP;
      for (boolean more = true; more; ) {
        FeedPage page = reader.read(history.reader, after, size);
        assertThat(ids(page))
            .as("seed %d, page of %d after %s", seed, size, after)
            .isEqualTo(history.truth(after, size));
        sources.merge(page.source(), 1, Integer::sum);
        more = page.next().isPresent();
        after = page.next().orElse(after);
      }
    }
    assertThat(sources).containsOnlyKeys(FeedPage.Source.values());
  }

  @Test
  void anyPlaceIsACursor() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, DrawnIds.drawn(seed));
      PageReader reader = new PageReader(new ZsetsOf(history), new TablesOf(history));
      Cursor after =
          new Cursor(
              1_700_000_000_000_000L + history.random.nextInt(6),
              history.ids.of(history.random.nextInt(2_000)));
      assertThat(ids(reader.read(history.reader, after, 10)))
          .as("seed %d, after %s", seed, after)
          .isEqualTo(history.truth(after, 10));
    }
  }

  @Test
  void aFeedThatIsTrimmedOrLostWhileItIsReadChangesNoPage() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, DrawnIds.drawn(seed));
      ZsetsOf zsets = new ZsetsOf(history);
      FeedStore vanishing =
          (user, below, window, size) -> {
            StoredFeed feed = zsets.read(user, below, window, size);
            history.feed = trimmed(history);
            return feed;
          };
      List<Id> page =
          ids(
              new PageReader(vanishing, new TablesOf(history))
                  .read(history.reader, Cursor.TOP, 15));
      assertThat(page).as("seed %d", seed).isEqualTo(history.truth(Cursor.TOP, 15));
    }
  }

  private static Zset trimmed(History history) {
    if (history.feed.mark() == null || history.random.nextInt(3) == 0) {
      return new Zset(Map.of(), null);
    }
    long mark = Math.max(history.feed.mark(), 1_700_000_000_000_000L + history.random.nextInt(6));
    Map<Id, Long> rest = new HashMap<>(history.feed.entries());
    rest.values().removeIf(at -> at <= mark);
    return new Zset(rest, mark);
  }

  @Test
  void whatIsAboveTheBoundComesFromRedisAndTheRestFromTheTables() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      History history = new History(seed, DrawnIds.drawn(seed));
      FeedPage page =
          new PageReader(new ZsetsOf(history), new TablesOf(history))
              .read(history.reader, Cursor.TOP, 20);
      long bound = page.completeness().bound().orElse(Long.MAX_VALUE);
      for (FeedEntry entry : page.entries()) {
        assertThat(entry.origin() == Origin.TABLE)
            .as("seed %d, bound %d, %s", seed, bound, entry)
            .isEqualTo(entry.createdAt() <= bound);
        if (entry.origin() == Origin.PULL) {
          assertThat(page.completeness().pulled())
              .as("seed %d, %s", seed, entry)
              .anyMatch(
                  author -> history.timelines.get(author).entries().containsKey(entry.postId()));
        }
      }
    }
  }

  /** Dated anew while its author was pulled: the feed keeps the position from before. */
  @Test
  void aPostDatedAnewIsOnThePageOfItsNewPosition() {
    long start = 1_700_000_000_000_000L;
    for (long old : new long[] {start + 1, start + 900}) {
      History history = new History(1, DrawnIds.NUMBERS);
      history.posts.clear();
      Id pulled = Id.of(2);
      Id followed = Id.of(3);
      history.seen.addAll(List.of(pulled, followed));
      history.unseen.clear();
      history.pulled.clear();
      history.pulled.add(pulled);
      Map<Id, Long> pushed = new HashMap<>();
      for (int i = 1; i <= 60; i++) {
        history.posts.put(Id.of(i), new Post(Id.of(i), followed, start + 10 * i, true));
        pushed.put(Id.of(i), start + 10 * i);
      }
      Id again = Id.of(99);
      history.posts.put(again, new Post(again, pulled, start + 455, true));
      pushed.put(again, old);
      history.feed = new Zset(pushed, 0L);
      history.timelines.put(pulled, new Zset(Map.of(again, start + 455), 0L));
      PageReader reader = new PageReader(new ZsetsOf(history), new TablesOf(history));
      List<Id> read = new ArrayList<>();
      Cursor after = Cursor.TOP;
      for (boolean more = true; more; ) {
        FeedPage page = reader.read(history.reader, after, 7);
        read.addAll(ids(page));
        more = page.next().isPresent();
        after = page.next().orElse(after);
      }
      assertThat(read).as("from %d", old).isEqualTo(history.truth(Cursor.TOP, 100));
    }
  }

  @Test
  void aWholeFeedNeedsNoQueryOfTheTables() {
    History history = new History(1, DrawnIds.NUMBERS);
    history.feed = new Zset(Map.of(), 0L);
    history.pulled.clear();
    PostStore unasked =
        new PostStore() {
          @Override
          public List<FeedEntry> shown(Id user, Collection<Id> ids) {
            throw new AssertionError("asked for " + ids);
          }

          @Override
          public List<FeedEntry> newest(Id user, Cursor below, int limit) {
            throw new AssertionError("asked below " + below);
          }
        };
    FeedPage page = new PageReader(new ZsetsOf(history), unasked).read(Id.of(7), Cursor.TOP, 20);
    assertThat(page.entries()).isEmpty();
    assertThat(page.next()).isEmpty();
    assertThat(page.source()).isEqualTo(FeedPage.Source.REDIS);
  }
}
