package com.shareuptime.streams.feeds.sink;

import com.shareuptime.streams.contract.redis.RedisKey;
import com.shareuptime.streams.option.RedisAddress;
import com.shareuptime.streams.sink.LostWrites;
import com.shareuptime.streams.sink.StoreMark;
import com.shareuptime.streams.sink.redis.RedisKeys;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When Redis lacks writes: takes all feeds and timelines away, as each may lack a post above its
 * mark. Whoever reads one then reads SQL, and asks for it to be written again.
 *
 * @param rebuild has all of them written again at once
 */
record FeedsTakenAway(RedisAddress redis, String rebuild) implements LostWrites {
  private static final Logger LOG = LoggerFactory.getLogger(FeedsTakenAway.class);

  /**
   * A feed goes with its filling, in one step: a filling that is gone completes nothing, and one
   * that is opened later has a feed of its own. Which run was the last stays.
   */
  private static final String TAKE_FEED =
      """
      redis.call('unlink', KEYS[1])
      redis.call('hdel', KEYS[2], 'epoch', 'mark')
      """;

  private static final String TAKE_TIMELINE = "redis.call('unlink', KEYS[1])";

  @Override
  public boolean makeGood(List<StoreMark> lost) {
    try (RedisKeys keys = RedisKeys.open(redis)) {
      keys.call(RedisKey.FILL.pattern(), "hash", TAKE_FEED, FeedsTakenAway::feedAndFilling);
      int feeds =
          keys.call(RedisKey.FEED.pattern(), "zset", TAKE_FEED, FeedsTakenAway::feedAndFilling);
      int timelines = keys.call(RedisKey.TIMELINE.pattern(), "zset", TAKE_TIMELINE, List::of);
      LOG.warn("{} feeds and {} timelines were taken away", feeds, timelines);
    }
    return true;
  }

  private static List<String> feedAndFilling(String eitherKey) {
    String user = eitherKey.substring(eitherKey.indexOf('{') + 1, eitherKey.length() - 1);
    return List.of(RedisKey.FEED.of(user), RedisKey.FILL.of(user));
  }

  @Override
  public String advice() {
    return "all feeds are taken away, so that readers ask SQL, and ask for theirs to be written"
        + " again. For all at once: "
        + rebuild;
  }
}
