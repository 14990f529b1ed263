package com.shareuptime.streams.feeds.history;

import com.shareuptime.streams.contract.Id;
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
    final Map<Id, Long> positions = new HashMap<>();
    Long mark;

    private long popOver(int keep) {
      long highest = 0;
      while (positions.size() > keep) {
        Map.Entry<Id, Long> lowest =
            Collections.min(
                positions.entrySet(),
                Map.Entry.<Id, Long>comparingByValue()
                    .thenComparing(entry -> entry.getKey().toString()));
        positions.remove(lowest.getKey());
        highest = Math.max(highest, lowest.getValue());
      }
      return highest;
    }
  }

  /** A feed that is being filled: by which filling, and the mark that it gets at least. */
  record Fill(long epoch, long opener, long mark) {
    Fill raised(long to) {
      return new Fill(epoch, opener, Math.max(mark, to));
    }
  }

  final Map<Id, Entries> feeds = new HashMap<>();
  final Map<Id, Entries> timelines = new HashMap<>();
  final Map<Id, Set<Id>> pulls = new HashMap<>();
  final Map<Id, Fill> fills = new HashMap<>();

  /** Twice the last run that has decided something about a user's feed, and about a timeline. */
  final Map<Id, Long> runs = new HashMap<>();

  final Map<Id, Long> timelineRuns = new HashMap<>();

  /** Whether it does not answer. */
  boolean away;

  private final int feed;
  private int timeline;
  private final BiPredicate<FeedWrite.Push, Id> trims;

  /**
   * @param trims whether a user's feed is trimmed behind a push
   */
  FeedStore(int feed, int timeline, BiPredicate<FeedWrite.Push, Id> trims) {
    this.feed = feed;
    this.timeline = timeline;
    this.trims = trims;
  }

  /** Another size of timelines, as an upgrade brings it. */
  void resizeTimelines(int size) {
    timeline = size;
  }

  /** All that is here, as a file on a disk keeps it. */
  FeedStore copy() {
    FeedStore copy = new FeedStore(feed, timeline, trims);
    copy.become(this);
    return copy;
  }

  /** Takes back all that is not in another. */
  void become(FeedStore other) {
    copy(other.feeds, feeds);
    copy(other.timelines, timelines);
    pulls.clear();
    other.pulls.forEach((user, authors) -> pulls.put(user, new HashSet<>(authors)));
    fills.clear();
    fills.putAll(other.fills);
    runs.clear();
    runs.putAll(other.runs);
    timelineRuns.clear();
    timelineRuns.putAll(other.timelineRuns);
  }

  private static void copy(Map<Id, Entries> from, Map<Id, Entries> to) {
    to.clear();
    from.forEach(
        (id, entries) -> {
          Entries copy = new Entries();
          copy.positions.putAll(entries.positions);
          copy.mark = entries.mark;
          to.put(id, copy);
        });
  }

  /** Returns false if a later run has written: the writer that tries is to end. */
  boolean apply(FeedWrite write) {
    if (write instanceof FeedWrite.Push push) {
      for (Id user : push.users()) {
        add(feeds.computeIfAbsent(user, any -> new Entries()), push.posts());
        if (trims.test(push, user)) {
          trim(user);
        }
      }
      return true;
    } else if (write instanceof FeedWrite.Open open) {
      return open(open);
    } else if (write instanceof FeedWrite.Complete complete) {
      return complete(complete);
    } else if (write instanceof FeedWrite.Raise raise) {
      raise(raise.user(), raise.mark());
      return true;
    } else if (write instanceof FeedWrite.Drop drop) {
      return drop(drop);
    } else if (write instanceof FeedWrite.Pull pull) {
      boolean isLast = true;
      for (Id user : pull.users()) {
        isLast &= pull(pull, user);
      }
      return isLast;
    } else if (write instanceof FeedWrite.Lost lost) {
      for (Id user : lost.users()) {
        takeAway(user);
        fence(runs, user, lost.usersFence());
      }
      for (Id author : lost.authors()) {
        timelines.remove(author);
        fence(timelineRuns, author, lost.authorsFence());
      }
      return true;
    } else if (write instanceof FeedWrite.Unpull unpull) {
      boolean isLast = true;
      for (Id user : unpull.users()) {
        isLast &= unpull(unpull, user);
      }
      return isLast;
    }
    return timeline((FeedWrite.Timeline) write);
  }

  private static boolean isFenced(Map<Id, Long> runs, Id id, long run) {
    return runs.getOrDefault(id, 0L) > 2 * run;
  }

  private static void fence(Map<Id, Long> runs, Id id, long fence) {
    if (fence > 1) {
      runs.merge(id, fence, Math::max);
    }
  }

  private boolean open(FeedWrite.Open open) {
    if (isFenced(runs, open.user(), open.run())) {
      return false;
    }
    feeds.remove(open.user());
    pulls.remove(open.user());
    fills.put(open.user(), new Fill(open.epoch(), open.run(), 0));
    runs.put(open.user(), 2 * open.run());
    return true;
  }

  private boolean drop(FeedWrite.Drop drop) {
    if (isFenced(runs, drop.user(), drop.run())) {
      return false;
    }
    takeAway(drop.user());
    return true;
  }

  private void takeAway(Id user) {
    feeds.remove(user);
    pulls.remove(user);
    fills.remove(user);
  }

  private boolean pull(FeedWrite.Pull pull, Id user) {
    if (isFenced(runs, user, pull.run())) {
      return false;
    }
    pulls.computeIfAbsent(user, any -> new HashSet<>()).add(pull.author());
    runs.put(user, 2 * pull.run());
    return true;
  }

  private boolean unpull(FeedWrite.Unpull unpull, Id user) {
    if (isFenced(runs, user, unpull.run())) {
      return false;
    }
    raise(user, unpull.mark());
    pulls.getOrDefault(user, new HashSet<>()).remove(unpull.author());
    return true;
  }

  private boolean complete(FeedWrite.Complete complete) {
    if (isFenced(runs, complete.user(), complete.run())) {
      return false;
    }
    Entries entries = feeds.computeIfAbsent(complete.user(), any -> new Entries());
    Fill fill = fills.get(complete.user());
    if (entries.mark != null) {
      entries.mark = Math.max(entries.mark, complete.mark());
    } else if (fill != null && fill.epoch == complete.epoch() && fill.opener == complete.opener()) {
      entries.mark = fill.raised(complete.mark()).mark;
    } else {
      return true;
    }
    fills.remove(complete.user());
    runs.put(complete.user(), 2 * complete.run());
    return true;
  }

  private static void add(Entries entries, Posts posts) {
    for (int i = 0; i < posts.size(); i++) {
      entries.positions.merge(posts.ids().get(i), posts.positions()[i], Math::max);
    }
  }

  private void trim(Id user) {
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

  private void raise(Id user, long mark) {
    Entries entries = feeds.get(user);
    if (entries != null && entries.mark != null) {
      entries.mark = Math.max(entries.mark, mark);
    } else {
      fills.computeIfPresent(user, (any, fill) -> fill.raised(mark));
    }
  }

  private boolean timeline(FeedWrite.Timeline write) {
    if (isFenced(timelineRuns, write.author(), write.run())) {
      return false;
    }
    timelineRuns.put(write.author(), 2 * write.run());
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
    return true;
  }

  /** Whether the user has a feed, whatever is missing of the authors who are pulled. */
  boolean hasFeed(Id user) {
    Entries entries = feeds.get(user);
    return entries != null && entries.mark != null;
  }

  /** The position at and below which a reader asks the tables; with a mark of 0 none does. */
  long bound(Id user) {
    Entries entries = feeds.get(user);
    if (entries == null || entries.mark == null) {
      return Long.MAX_VALUE;
    }
    long bound = entries.mark;
    for (Id author : pulls.getOrDefault(user, Set.of())) {
      Entries posts = timelines.get(author);
      if (posts == null || posts.mark == null) {
        return Long.MAX_VALUE;
      }
      bound = Math.max(bound, posts.mark);
    }
    return bound <= 0 ? Long.MIN_VALUE : bound;
  }

  /** Whether a reader finds a post above the bound, on the page of its position. */
  boolean finds(Id user, Id post, long position) {
    return isAt(feeds.get(user), post, position)
        || pulls.getOrDefault(user, Set.of()).stream()
            .anyMatch(author -> isAt(timelines.get(author), post, position));
  }

  private static boolean isAt(Entries entries, Id post, long position) {
    Long found = entries.positions.get(post);
    return found != null && found == position;
  }

  /** What a reader finds above the bound. */
  Set<Id> found(Id user) {
    Set<Id> found = new HashSet<>(feeds.get(user).positions.keySet());
    for (Id author : pulls.getOrDefault(user, Set.of())) {
      found.addAll(timelines.get(author).positions.keySet());
    }
    return found;
  }
}
