package com.shareuptime.streams.contract.feed;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.redis.RedisId;
import java.util.HashMap;
import java.util.Map;

/**
 * The zset of a feed or timeline: its members are ids of posts, their scores positions, which is
 * {@code created_at} in epoch microseconds. The score of one further member is the mark: every post
 * above it that belongs there is there. A zset without a mark promises nothing.
 */
public final class FeedZset {
  /** The member whose score is the mark. */
  public static final String SENTINEL = "~";

  /** The mark of a zset that lacks nothing at all; no post is as old as this. */
  public static final long NOTHING_OLDER = 0;

  /**
   * In the year 2255, the farthest position: Redis keeps no larger number exactly. A post that
   * stands here may be of any later time.
   */
  public static final long FARTHEST = (1L << 53) - 1;

  private FeedZset() {}

  /**
   * The members of a whole zset with their scores.
   *
   * @param positions by post
   */
  public static Map<String, Double> members(Map<Id, Long> positions, long mark) {
    Map<String, Double> members = new HashMap<>();
    positions.forEach((post, position) -> members.put(RedisId.write(post), (double) position));
    members.put(SENTINEL, (double) mark);
    return members;
  }
}
