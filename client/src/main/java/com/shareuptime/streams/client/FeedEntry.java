package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.feed.Cursor;

/**
 * A post as a reader sees it.
 *
 * @param createdAt epoch microseconds
 */
public record FeedEntry(
    long postId,
    long authorId,
    long createdAt,
    String content,
    long likes,
    long comments,
    long shares,
    Origin origin) {

  public Cursor cursor() {
    return new Cursor(createdAt, postId);
  }

  FeedEntry from(Origin other) {
    return new FeedEntry(postId, authorId, createdAt, content, likes, comments, shares, other);
  }
}
