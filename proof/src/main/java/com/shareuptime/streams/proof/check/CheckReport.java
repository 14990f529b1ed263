package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.traffic.Crossings;
import java.util.List;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param settled whether every surface's progress has passed the last commit in time
 * @param feeds what is particular to feeds; null if no feeds were checked
 */
public record CheckReport(
    boolean settled,
    List<SurfaceResult> surfaces,
    OwnWriteResult ownWrites,
    FeedResult feeds,
    DeadLetterAudit deadLetters,
    TrafficResult traffic) {

  /** Times in milliseconds; -1 where nothing was measured. */
  public record SurfaceResult(
      String surface,
      long compared,
      long wrong,
      long missing,
      long extra,
      long outOfOrder,
      double freshnessP50,
      double freshnessP99,
      long measured,
      long reads,
      long unansweredRounds,
      Map<Violation, Long> violations,
      List<String> examples) {
    public boolean isRight() {
      return wrong == 0
          && missing == 0
          && extra == 0
          && outOfOrder == 0
          && violations.isEmpty()
          && reads > 0;
    }
  }

  /** Waits from commit to promise, in milliseconds. */
  public record OwnWriteResult(
      int wanted,
      int done,
      long staleReads,
      long timeouts,
      double redisP50,
      double redisP99,
      double postgresP50,
      double postgresP99) {
    boolean isRight() {
      return done == wanted && staleReads == 0 && timeouts == 0;
    }
  }

  /**
   * @param users whose pages were compared at the end
   * @param usersWithFeed those of them who had a feed in Redis
   * @param pages the pages compared at the end, by where they came from: redis, mixed, sql
   * @param watched pages that a reader read during the traffic
   * @param judged those of them of which nothing had changed meanwhile
   * @param judgedFromRedis those of the judged that came from Redis, in part or wholly
   * @param ownPostsFromSql own posts whose page came from SQL alone: they prove little
   */
  public record FeedResult(
      long users,
      long usersWithFeed,
      Map<String, Long> pages,
      long watched,
      long judged,
      long judgedFromRedis,
      int ownPostsWanted,
      int ownPosts,
      long timeouts,
      long ownPostsFromSql) {
    /** Pages that SQL alone gave prove nothing about the feeds. */
    boolean isRight() {
      return usersWithFeed > 0
          && pages.getOrDefault("redis", 0L) + pages.getOrDefault("mixed", 0L) > 0
          && ownPosts == ownPostsWanted
          && timeouts == 0;
    }
  }

  public record TrafficResult(
      long interactions,
      long rows,
      long events,
      double seconds,
      long retriedTransactions,
      long resentEvents,
      long unfollows,
      long returns,
      Crossings celebrityCrossings,
      Map<String, Long> revisions,
      Map<String, Long> faults) {}

  public boolean isRight() {
    return settled
        && surfaces.stream().allMatch(SurfaceResult::isRight)
        && ownWrites.isRight()
        && (feeds == null || feeds.isRight())
        && deadLetters.isRight();
  }
}
