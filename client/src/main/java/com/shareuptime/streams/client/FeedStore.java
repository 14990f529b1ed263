package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.feed.Window;

/** Feeds and timelines that were pushed. */
@FunctionalInterface
interface FeedStore {
  /** What is older than {@code below}; never fails, as the tables know it all. */
  StoredFeed read(Id user, Cursor below, Window window, int size);
}
