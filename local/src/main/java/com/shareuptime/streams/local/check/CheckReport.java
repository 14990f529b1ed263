package com.shareuptime.streams.local.check;

import java.util.List;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param settled whether every surface's progress has passed the last commit in time
 */
public record CheckReport(
    boolean settled,
    List<SurfaceResult> surfaces,
    OwnWriteResult ownWrites,
    DeadLetterAudit deadLetters,
    TrafficResult traffic) {

  /** Times in milliseconds; -1 where nothing was measured. */
  public record SurfaceResult(
      String surface,
      long compared,
      long wrong,
      long missing,
      long extra,
      double freshnessP50,
      double freshnessP99,
      long measured,
      long reads,
      long unansweredRounds,
      Map<Violation, Long> violations,
      List<String> examples) {
    boolean isRight() {
      return wrong == 0 && missing == 0 && extra == 0 && violations.isEmpty() && reads > 0;
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

  public record TrafficResult(
      long interactions,
      long rows,
      long events,
      double seconds,
      long retriedTransactions,
      long resentEvents,
      Map<String, Long> faults) {}

  public boolean isRight() {
    return settled
        && surfaces.stream().allMatch(SurfaceResult::isRight)
        && ownWrites.isRight()
        && deadLetters.isRight();
  }
}
