package com.shareuptime.streams.contract.feed;

/** How much is read of each zset for a page. */
public enum Window {
  /** Enough for a page, with some that are dead. */
  TOP,
  /** All there is. */
  WHOLE;

  private static final int ALL = -1;

  /** The limit for a feed; negative for none. */
  public int ofFeed(int pageSize) {
    return this == WHOLE ? ALL : 3 * pageSize;
  }

  /** The limit for a timeline; negative for none. */
  public int ofTimeline(int pageSize) {
    return this == WHOLE ? ALL : pageSize + pageSize / 4 + 1;
  }
}
