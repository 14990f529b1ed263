package com.shareuptime.streams.cli.explain;

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
    return explains(shown.likes() - truth.likes(), creates.likes(), deletes.likes())
        && explains(shown.comments() - truth.comments(), creates.comments(), deletes.comments())
        && explains(shown.shares() - truth.shares(), creates.shares(), deletes.shares());
  }

  private static boolean explains(long difference, long created, long deleted) {
    return -deleted <= difference && difference <= created;
  }
}
