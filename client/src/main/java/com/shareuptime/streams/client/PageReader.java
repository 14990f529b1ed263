package com.shareuptime.streams.client;

import com.shareuptime.streams.client.StoredFeed.Candidate;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.FeedZset;
import com.shareuptime.streams.contract.feed.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/** The read algorithm: Redis above its bound, filtered by truth; SQL below. */
final class PageReader {
  private static final Comparator<FeedEntry> NEWEST_FIRST = Comparator.comparing(FeedEntry::cursor);

  private final FeedStore feeds;
  private final PostStore posts;

  PageReader(FeedStore feeds, PostStore posts) {
    this.feeds = feeds;
    this.posts = posts;
  }

  FeedPage read(Id user, Cursor after, int size) {
    List<FeedEntry> entries = new ArrayList<>(size);
    Completeness completeness = null;
    Cursor below = after;
    int dead = 0;
    boolean isEnd = false;
    for (Window window : Window.values()) {
      StoredFeed feed = feeds.read(user, below, window, size);
      completeness = feed.completeness();
      if (!completeness.isComplete()) {
        break;
      }
      dead += show(user, feed, below, size, entries);
      below = below.older(Cursor.above(feed.floor()));
      isEnd = feed.floor() <= FeedZset.NOTHING_OLDER;
      if (entries.size() == size || feed.isExhausted()) {
        break;
      }
    }
    if (entries.size() < size && !isEnd) {
      entries.addAll(posts.newest(user, below, size - entries.size()));
    }
    Optional<Cursor> next =
        entries.size() < size ? Optional.empty() : Optional.of(entries.get(size - 1).cursor());
    return new FeedPage(entries, next, completeness, dead);
  }

  /**
   * Adds what may be shown until the page is full; posts are loaded in slices a little larger than
   * what is wanted. A loaded post is shown when none that is not loaded can be newer: Redis may
   * hold a newer position than the row's own.
   *
   * @return how many of the loaded may not be shown
   */
  private int show(Id user, StoredFeed feed, Cursor below, int size, List<FeedEntry> entries) {
    List<Candidate> candidates = feed.candidates();
    Queue<FeedEntry> loaded = new PriorityQueue<>(NEWEST_FIRST);
    int dead = 0;
    int from = 0;
    while (from < candidates.size() && entries.size() < size) {
      int wanted = size - entries.size();
      int to = Math.min(candidates.size(), from + wanted + wanted / 4 + 1);
      Map<Id, Origin> slice = new HashMap<>();
      candidates
          .subList(from, to)
          .forEach(candidate -> slice.put(candidate.position().postId(), candidate.origin()));
      List<FeedEntry> shown =
          posts.shown(user, slice.keySet()).stream()
              .filter(post -> post.createdAt() > feed.floor() && post.cursor().isOlderThan(below))
              .map(post -> post.from(slice.get(post.postId())))
              .toList();
      dead += slice.size() - shown.size();
      loaded.addAll(shown);
      Cursor next = to < candidates.size() ? candidates.get(to).position() : Cursor.BOTTOM;
      while (entries.size() < size
          && !loaded.isEmpty()
          && next.isOlderThan(loaded.element().cursor())) {
        entries.add(loaded.remove());
      }
      from = to;
    }
    return dead;
  }
}
