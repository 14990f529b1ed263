package com.shareuptime.streams.proof.bench.reconcile;

import java.util.Map;
import java.util.Set;

/**
 * A run of the job.
 *
 * @param seconds from submitting it to its end, its start on the cluster included
 * @param comparing seconds of them from the plan on
 * @param compared rows of each surface
 * @param sourceMillis for which each surface kept the product's database busy
 * @param findings as {@code counters.redis post:42 wrong}
 */
record Pass(
    double seconds,
    double comparing,
    Map<String, Long> compared,
    Map<String, Long> sourceMillis,
    Set<String> findings) {

  void requireNothingFound() {
    if (!findings.isEmpty()) {
      throw new IllegalStateException(
          "%d rows differ where all is right, as %s"
              .formatted(findings.size(), findings.iterator().next()));
    }
  }
}
