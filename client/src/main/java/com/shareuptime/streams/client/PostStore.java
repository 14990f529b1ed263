package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;
import java.util.Collection;
import java.util.List;

/** The truth: which posts a user sees, with their counters. */
interface PostStore {
  /** Those of {@code ids} that the user may see, in no order. */
  List<FeedEntry> shown(Id user, Collection<Id> ids);

  /** The newest that the user sees and that are older than {@code below}. */
  List<FeedEntry> newest(Id user, Cursor below, int limit);
}
