package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.feed.Cursor;
import java.util.List;
import java.util.Optional;

/**
 * A page of a user's feed, newest first, each post once.
 *
 * @param next where the next page begins; empty where this page was not filled, so nothing is older
 * @param completeness how far down Redis answered
 * @param deadEntries what Redis held and the tables do not show (any more), as far as it was read
 */
public record FeedPage(
    List<FeedEntry> entries, Optional<Cursor> next, Completeness completeness, int deadEntries) {
  /** Which stores a page came from; posts are loaded from the tables in any case. */
  public enum Source {
    /** Redis alone knew which posts to show. */
    REDIS,
    /** Redis down to its bound, then SQL. */
    MIXED,
    /** SQL alone. */
    SQL
  }

  public FeedPage {
    entries = List.copyOf(entries);
  }

  public Source source() {
    long fromTable = entries.stream().filter(entry -> entry.origin() == Origin.TABLE).count();
    if (fromTable == 0) {
      return entries.isEmpty() && !completeness.isComplete() ? Source.SQL : Source.REDIS;
    }
    return fromTable == entries.size() ? Source.SQL : Source.MIXED;
  }
}
