package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Surface;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a copy of a feed differs from the first page of the tables.
 *
 * @param missing posts that it must have and has not
 * @param tooMany posts that it has beside those of the page; it may, readers leave them out
 */
record FeedDifference(String surface, List<Id> missing, List<Id> tooMany) {
  /**
   * Compares the copies with the page: above the feed's bound they must have all of it.
   *
   * @param page newest first
   */
  static List<FeedDifference> of(List<Cursor> page, RedisFeed feed, DurableFeed durable) {
    if (feed.bound().isEmpty()) { // readers take SQL: nothing is promised
      return List.of();
    }
    long bound = feed.bound().getAsLong();
    long lowest = page.isEmpty() ? bound : page.get(page.size() - 1).createdAt();
    List<Id> promised = newerThan(bound, page);
    List<Id> kept = newerThan(Math.max(bound, durable.keptFrom() - 1), page);
    List<Id> pushed = newerThan(lowest - 1, feed.own().positions());
    Set<Id> pulled = feed.pulledPosts();
    List<Id> shown = page.stream().map(Cursor::postId).toList();
    List<FeedDifference> differences = new ArrayList<>();
    differences.add(
        new FeedDifference(
            Surface.FEEDS_REDIS.label(),
            without(without(promised, pushed), pulled),
            without(pushed, shown)));
    differences.add(
        new FeedDifference(
            DurableFeeds.SURFACE,
            without(without(kept, durable.onPage()), pulled),
            without(durable.onPage(), shown)));
    return differences;
  }

  private static List<Id> newerThan(long micros, List<Cursor> positions) {
    return positions.stream().filter(one -> one.createdAt() > micros).map(Cursor::postId).toList();
  }

  private static List<Id> without(List<Id> posts, Collection<Id> others) {
    Set<Id> left = new HashSet<>(others);
    return posts.stream().filter(post -> !left.contains(post)).toList();
  }

  boolean isMissing() {
    return !missing.isEmpty();
  }

  boolean isNone() {
    return missing.isEmpty() && tooMany.isEmpty();
  }

  String text() {
    String more = tooMany.isEmpty() ? "" : "has " + tooMany + ", which readers leave out";
    String less = missing.isEmpty() ? "" : "LACKS " + missing + (more.isEmpty() ? "" : "; ");
    return surface + " " + less + more;
  }
}
