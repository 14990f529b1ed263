package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;

/**
 * Events of a post or reel that may wait for their rows, by what they do to the counts.
 *
 * @param creates what they may have added
 * @param deletes what they may have taken away
 */
record Announced(Counts creates, Counts deletes) {
  /** Whether they may be all that is between two counts. */
  boolean explains(Counts shown, Counts truth) {
    return CounterKind.ALL.stream()
        .allMatch(kind -> explains(kind, shown.of(kind) - truth.of(kind)));
  }

  private boolean explains(CounterKind kind, long difference) {
    return -deletes.of(kind) <= difference && difference <= creates.of(kind);
  }
}
