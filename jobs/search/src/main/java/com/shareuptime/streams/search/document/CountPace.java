package com.shareuptime.streams.search.document;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.search.document.DocumentInput.Counted;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a document is written for its counts alone: soon when one of them has moved by a tenth or
 * more, and in any case within a bound, so that documents are exact after quiet, and likes of a
 * popular post do not eat what the index can take. Plain logic; times are epoch milliseconds.
 *
 * @param minInterval between two writes of one document for its counts
 * @param maxStaleness of a count that has changed
 */
public record CountPace(Duration minInterval, Duration maxStaleness) implements Serializable {
  /** Nothing is due. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * When the document is to be written.
   *
   * @param written the counts in it, as of {@code writtenAt}
   * @param waitingSince the first change that is not in it
   */
  long due(Counted now, Counted written, long writtenAt, long waitingSince) {
    if (isSame(now, written)) {
      return NEVER;
    }
    long latest = waitingSince + maxStaleness.toMillis();
    return hasMoved(now, written) ? Math.min(latest, writtenAt + minInterval.toMillis()) : latest;
  }

  static boolean isSame(Counted one, Counted other) {
    return one.counts().equals(other.counts());
  }

  private static boolean hasMoved(Counted now, Counted written) {
    int size = Math.max(now.counts().size(), written.counts().size());
    for (int i = 0; i < size; i++) {
      CounterKind kind = CounterKind.of(i);
      if (hasMoved(now.counts().of(kind), written.counts().of(kind))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMoved(long now, long written) {
    return Math.abs(now - written) * 10 >= Math.max(1, Math.abs(written)) && now != written;
  }
}
