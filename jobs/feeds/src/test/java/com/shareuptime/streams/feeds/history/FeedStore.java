package com.shareuptime.streams.feeds.history;

import com.shareuptime.streams.feeds.feed.FeedWrite;
import com.shareuptime.streams.feeds.feed.Posts;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** What Redis makes of the writes; {@code FeedKeysIT} shows that its scripts do the same. */
final class FeedStore {
  /** A sorted set with its sentinel's score, null if there is none. */
  static final class Entries {
    final Map<Long, Long> positions = new HashMap<>();
    Long mark;

    private long popOver(int keep) {
      long highest = 0;
      while (positions.size() > keep) {
        Map.Entry<Long, Long> lowest =
            Collections.min(positions.entrySet(), Map.Entry.comparingByValue());
        positions.remove(lowest.getKey());
        highest = Math.max(highest, lowest.getValue());
      }
      return highest;
    }
  }

  /** A feed that is being filled: by which filling, and the mark that it gets at least. */
  record Fill(long epoch, long mark) {
    Fill raised(long to) {
      return new Fill(epoch, Math.max(mark, to));
    }
  }

  final Map<Long, Entries> feeds = new HashMap<>();
  final Map<Long, Entries> timelines = new HashMap<>();
  final Map<Long, Set<Long>> pulls = new HashMap<>();
  final Map<Long, Fill> fills = new HashMap<>();
  private final int feed;
  private final int timeline;
  private final BiPredicate<FeedWrite.Push, Long> trims;

  /**
   * @param trims whether a user's feed is trimmed behind a push
   */
  FeedStore(int feed, int timeline, BiPredicate<FeedWrite.Push, Long> trims) {
    this.feed = feed;
    this.timeline = timeline;
    this.trims = trims;
  }

  void apply(FeedWrite write) {
    if (write instanceof FeedWrite.Push push) {
      for (long user : push.users()) {
        add(feeds.computeIfAbsent(user, any -> new Entries()), push.posts());
        if (trims.test(push, user)) {
          trim(user);
        }
      }
    } else if (write instanceof FeedWrite.Open open) {
      feeds.remove(open.user());
      pulls.remove(open.user());
      fills.put(open.user(), new Fill(open.epoch(), 0));
    } else if (write instanceof FeedWrite.Complete complete) {
      complete(complete);
    } else if (write instanceof FeedWrite.Raise raise) {
      raise(raise.user(), raise.mark());
    } else if (write instanceof FeedWrite.Drop drop) {
      feeds.remove(drop.user());
      pulls.remove(drop.user());
      fills.remove(drop.user());
    } else if (write instanceof FeedWrite.Pull pull) {
      for (long user : pull.users()) {
        pulls.computeIfAbsent(user, any -> new HashSet<>()).add(pull.author());
      }
    } else if (write instanceof FeedWrite.Unpull unpull) {
      for (long user : unpull.users()) {
        raise(user, unpull.mark());
        pulls.getOrDefault(user, new HashSet<>()).remove(unpull.author());
      }
    } else if (write instanceof FeedWrite.Timeline posts) {
      timeline(posts);
    }
  }

  private void complete(FeedWrite.Complete complete) {
    Entries entries = feeds.computeIfAbsent(complete.user(), any -> new Entries());
    Fill fill = fills.get(complete.user());
    if (entries.mark != null) {
      entries.mark = Math.max(entries.mark, complete.mark());
      fills.remove(complete.user());
    } else if (fill != null && fill.epoch == complete.epoch()) {
      entries.mark = fill.raised(complete.mark()).mark;
      fills.remove(complete.user());
    }
  }

  private static void add(Entries entries, Posts posts) {
    for (int i = 0; i < posts.size(); i++) {
      entries.positions.put(posts.ids()[i], posts.positions()[i]);
    }
  }

  private void trim(long user) {
    Entries entries = feeds.get(user);
    if (entries.mark == null && !fills.containsKey(user)) {
      feeds.remove(user);
      return;
    }
    long popped = entries.popOver(feed);
    if (entries.mark != null) {
      entries.mark = Math.max(entries.mark, popped);
    } else {
      fills.computeIfPresent(user, (any, fill) -> fill.raised(popped));
    }
  }

  private void raise(long user, long mark) {
    Entries entries = feeds.get(user);
    if (entries != null && entries.mark != null) {
      entries.mark = Math.max(entries.mark, mark);
    } else {
      fills.computeIfPresent(user, (any, fill) -> fill.raised(mark));
    }
  }

  private void timeline(FeedWrite.Timeline write) {
    if (write.whole()) {
      timelines.remove(write.author());
    }
    Entries entries = timelines.computeIfAbsent(write.author(), any -> new Entries());
    add(entries, write.posts());
    if (write.whole()) {
      entries.mark = write.mark();
    } else {
      long popped = entries.popOver(timeline);
      if (entries.mark != null) {
        entries.mark = Math.max(entries.mark, Math.max(write.mark(), popped));
      }
    }
  }

  /** The position at and below which a reader asks the tables. */
  long bound(long user) {
    Entries entries = feeds.get(user);
    if (entries == null || entries.mark == null) {
      return Long.MAX_VALUE;
    }
    long bound = entries.mark;
    for (long author : pulls.getOrDefault(user, Set.of())) {
      Entries posts = timelines.get(author);
      if (posts == null || posts.mark == null) {
        return Long.MAX_VALUE;
      }
      bound = Math.max(bound, posts.mark);
    }
    return bound;
  }

  /** What a reader finds above the bound. */
  Set<Long> found(long user) {
    Set<Long> found = new HashSet<>(feeds.get(user).positions.keySet());
    for (long author : pulls.getOrDefault(user, Set.of())) {
      found.addAll(timelines.get(author).positions.keySet());
    }
    return found;
  }
}
