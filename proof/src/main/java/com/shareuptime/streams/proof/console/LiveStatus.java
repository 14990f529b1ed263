package com.shareuptime.streams.proof.console;

import com.shareuptime.streams.contract.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One look at what runs.
 *
 * @param away names of servers that did not answer; what they would have said is from before
 * @param deadLetters by reason, all of the topic
 */
public record LiveStatus(
    Instant at,
    Rates rates,
    List<SurfaceLag> surfaces,
    List<Row> top,
    Map<String, Long> deadLetters,
    List<String> away,
    Map<String, String> urls) {

  /** Of the last second or so, and all in all. */
  public record Rates(
      double eventsPerSecond, double rowsPerSecond, long events, long rows, long retried) {}

  /**
   * @param lagMillis age of the newest moment up to which all commits are visible; -1 if none yet
   */
  public record SurfaceLag(String surface, String visibleLsn, long lagMillis) {}

  /** One target: SQL's truth, and what is served; null where nothing is served yet. */
  public record Row(String target, Counts truth, Counts postgres, Counts redis) {}
}
