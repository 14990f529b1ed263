package com.shareuptime.streams.proof.check;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What readers of a surface have seen; a copy. */
record Sightings(
    String surface,
    long reads,
    long unansweredRounds,
    Map<Violation, Long> violations,
    List<String> examples,
    Histogram freshnessMicros) {

  static Sightings none(String surface, long reads) {
    return new Sightings(surface, reads, 0, Map.of(), List.of(), new Histogram(3));
  }

  /** With as many more reads by others, who saw nothing of this kind. */
  Sightings withReads(long more) {
    return new Sightings(
        surface, reads + more, unansweredRounds, violations, examples, freshnessMicros);
  }

  /** −1 where nothing was measured. */
  static double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0 ? -1 : micros.getValueAtPercentile(percentile) / 1_000.0;
  }
}
