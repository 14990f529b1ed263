package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import java.util.List;

/**
 * Events of a post or reel that may wait for their rows, by what they do to the counts.
 *
 * @param creates what they may have added
 * @param deletes what they may have taken away
 * @param counters whose events these are
 */
record Announced(Counts creates, Counts deletes, List<CountedView> counters) {
  /** Whether they may be all that is between two counts. */
  boolean explains(Counts shown, Counts truth) {
    return counters.stream()
        .allMatch(counter -> explains(counter, shown.of(counter) - truth.of(counter)));
  }

  private boolean explains(CountedView counter, long difference) {
    return -deletes.of(counter) <= difference && difference <= creates.of(counter);
  }
}
