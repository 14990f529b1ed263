package com.shareuptime.streams.feeds.bootstrap;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.feeds.audience.ReaderInput;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.redis.RedisKeys;
import java.util.regex.Pattern;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Lists the feeds that Redis holds at a start without state. They claim to be complete, and are not
 * from then on: each is dropped, or filled again, before any progress is published.
 */
public final class FoundFeeds extends RichFlatMapFunction<Long, ReaderInput> {
  private static final long serialVersionUID = 1L;
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private final RedisAddress redis;

  public FoundFeeds(RedisAddress redis) {
    this.redis = redis;
  }

  @Override
  public void flatMap(Long start, Collector<ReaderInput> out) {
    try (RedisKeys keys = RedisKeys.open(redis)) {
      keys.sortedSets(
          RedisKey.FEED.pattern(),
          key ->
              RedisKey.FEED
                  .subject(key)
                  .filter(user -> ID.matcher(user).matches())
                  .map(user -> new ReaderInput.Found(Id.parse(user)))
                  .ifPresent(out::collect));
    }
  }
}
