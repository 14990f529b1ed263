package com.shareuptime.streams.counters.window;

import com.shareuptime.streams.version.Replay;

/**
 * Tells an input that has nothing to read from one that is read slowly: it is idle, and has been
 * for longer than what is under way takes to come. At a start nobody knows whether reading has
 * begun at all: until something has come, the wait is longer. Plain logic, times in milliseconds.
 */
final class Silence {
  private final long patience;
  private boolean begun;
  private boolean idle;
  private long lasted;

  /**
   * @param patience how long an input is idle before that is a silence
   */
  Silence(long patience) {
    this.patience = patience;
  }

  /** A record has come; one that is behind the time of others does not end idleness. */
  void breaks() {
    begun = true;
    lasted = 0;
  }

  /** Time has come, or word that the input is read again. */
  void ends() {
    breaks();
    idle = false;
  }

  /** All that is known to be there was read. */
  void begins() {
    idle = true;
  }

  /** It has gone on for so long. */
  void lasts(long millis) {
    if (idle) {
      lasted += millis;
    }
  }

  /** Whether the clock may stand for the time of the input. */
  boolean isLong() {
    return idle && lasted >= (begun ? patience : Replay.PATIENCES_FOR_SILENCE * patience);
  }
}
