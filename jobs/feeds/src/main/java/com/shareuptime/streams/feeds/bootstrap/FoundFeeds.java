package com.shareuptime.streams.feeds.bootstrap;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.redis.RedisId;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.redis.RedisKeys;
import java.util.Optional;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Lists the feeds that Redis holds at a start without state. They claim to be complete, and are not
 * from then on: each is dropped, or filled again, before any progress is published.
 */
public final class FoundFeeds extends RichFlatMapFunction<Long, ReaderInput> {
  private static final long serialVersionUID = 1L;

  private final RedisAddress redis;
  private final IdKind users;

  /**
   * @param users what their ids are
   */
  public FoundFeeds(RedisAddress redis, IdKind users) {
    this.redis = redis;
    this.users = users;
  }

  @Override
  public void flatMap(Long start, Collector<ReaderInput> out) {
    try (RedisKeys keys = RedisKeys.open(redis)) {
      keys.sortedSets(
          RedisKey.FEED.pattern(),
          key -> user(key, users).map(ReaderInput.Found::new).ifPresent(out::collect));
    }
  }

  /** Whose feed a key is; empty if this job would not write it so. */
  static Optional<Id> user(String key, IdKind users) {
    try {
      return RedisKey.FEED
          .subject(key)
          .map(text -> RedisId.read(text, users))
          .filter(id -> id.isPositive() && RedisKey.FEED.of(id).equals(key));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
