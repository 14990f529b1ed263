package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.local.Addresses;

/** Entries of feeds in Redis: taken out, and put a second earlier. */
final class FeedSets extends FeedEntries {
  private static final long SECOND = 1_000_000;

  FeedSets(Addresses addresses) {
    super(addresses);
  }

  @Override
  public String surface() {
    return "feeds.redis";
  }

  @Override
  String spoil(Entry entry, boolean moves) {
    String feed = RedisKey.FEED.of(entry.user());
    String post = entry.post().toString();
    if (redis().zrem(feed, post) == 0) {
      return null;
    }
    if (!moves) {
      return ABSENT;
    }
    long moved = entry.position() - SECOND;
    long unused = redis().zadd(feed, (double) moved, post);
    return Long.toString(moved);
  }

  @Override
  public String read(CorruptEntry row) {
    Double position = redis().zscore(RedisKey.FEED.of(row.id()), row.entry().toString());
    return position == null ? ABSENT : Long.toString(position.longValue());
  }
}
