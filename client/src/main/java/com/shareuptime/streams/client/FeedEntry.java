package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.feed.Cursor;

/**
 * A post as a reader sees it.
 *
 * @param createdAt epoch microseconds
 */
public record FeedEntry(
    Id postId, Id authorId, long createdAt, String content, Counts counts, Origin origin) {

  public long likes() {
    return counts.of(CounterKind.LIKES);
  }

  public long comments() {
    return counts.of(CounterKind.COMMENTS);
  }

  public long shares() {
    return counts.of(CounterKind.SHARES);
  }

  public Cursor cursor() {
    return new Cursor(createdAt, postId);
  }

  FeedEntry from(Origin other) {
    return new FeedEntry(postId, authorId, createdAt, content, counts, other);
  }

  FeedEntry with(Counts others) {
    return new FeedEntry(postId, authorId, createdAt, content, others, origin);
  }
}
