package com.shareuptime.streams.client;

/** Feeds and timelines that were pushed. */
@FunctionalInterface
interface FeedStore {
  /** How much is read of each zset. */
  enum Window {
    /** Enough for a page, with some that are dead. */
    TOP,
    /** All there is. */
    WHOLE;

    static final int ALL = -1;

    int ofFeed(int size) {
      return this == WHOLE ? ALL : 3 * size;
    }

    int ofTimeline(int size) {
      return this == WHOLE ? ALL : size + size / 4 + 1;
    }
  }

  /** What is older than {@code below}; never fails, as the tables know it all. */
  StoredFeed read(long user, Cursor below, Window window, int size);
}
