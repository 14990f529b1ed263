package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.proof.check.DeadLetters.DeadLetter;
import com.shareuptime.streams.proof.check.DeadLetters.Origin;
import com.shareuptime.streams.proof.traffic.TrafficCount;
import com.shareuptime.streams.proof.traffic.TrafficStats;
import com.shareuptime.streams.proof.traffic.TrafficStats.BadRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every bad event must be among the dead letters, and no good one. A record counts once, however
 * often a restarted job has put it there.
 *
 * @param byReason dead letters by the job's reason
 * @param byKind bad events sent and found, by what is wrong with them, e.g. {@code zero-id}
 * @param unexpected dead letters of records that are good; not meant are late ones, and posts of a
 *     far future for the durable copy of feeds
 */
public record DeadLetterAudit(
    long sent,
    long missing,
    long unexpected,
    Map<String, Long> byReason,
    Map<String, Tally> byKind) {
  /** The reason for events whose window is closed: they count all the same. */
  private static final String LATE = "late";

  private static final Duration QUIET = Duration.ofSeconds(1);

  public record Tally(long sent, long found) {}

  static DeadLetterAudit of(TrafficStats stats, DeadLetters letters, Duration patience) {
    Map<Origin, String> missing = new HashMap<>();
    stats.badRecords().forEach(record -> missing.put(origin(record), record.kind().label()));
    Map<Origin, String> sent = Map.copyOf(missing);
    Set<Origin> found = new HashSet<>();
    Set<Origin> unexpected = new HashSet<>();
    Map<String, Long> byReason = new TreeMap<>();
    letters.readUntil(
        missing::isEmpty,
        patience,
        QUIET,
        letter -> {
          if (found.add(letter.origin())) {
            byReason.merge(letter.reason(), 1L, Long::sum);
            missing.remove(letter.origin());
            if (!sent.containsKey(letter.origin()) && !isRight(letter)) {
              unexpected.add(letter.origin());
            }
          }
        });
    // an event sent again may lie in the topic twice, of which only one place is known
    long unexplained = Math.max(0, unexpected.size() - stats.count(TrafficCount.RESENT_EVENTS));
    return new DeadLetterAudit(
        sent.size(), missing.size(), unexplained, byReason, tallies(sent, missing));
  }

  /** The durable copy has no week for a post that is dated further ahead than it reaches. */
  private static boolean isRight(DeadLetter letter) {
    return letter.reason().equals(LATE) || letter.detail().contains("user_feeds ends at");
  }

  boolean isRight() {
    return missing == 0 && unexpected == 0;
  }

  private static Map<String, Tally> tallies(Map<Origin, String> sent, Map<Origin, String> missing) {
    Map<String, Tally> byKind = new TreeMap<>();
    sent.forEach(
        (origin, kind) ->
            byKind.merge(
                kind,
                new Tally(1, missing.containsKey(origin) ? 0 : 1),
                (a, b) -> new Tally(a.sent() + b.sent(), a.found() + b.found())));
    return byKind;
  }

  private static Origin origin(BadRecord record) {
    return new Origin(record.topic(), record.partition(), record.offset());
  }
}
