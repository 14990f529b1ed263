package com.shareuptime.streams.proof.traffic;

import java.time.Duration;

/**
 * How small the world of the simulator is where feeds are concerned. Users go and return, and
 * authors become celebrities, within one run, if the feeds job beside it is told these figures; by
 * its own it would wait for thirty days and for ten thousand followers.
 */
public final class FeedScale {
  /** Who has not been seen for longer has no feed. */
  public static final Duration ACTIVITY_WINDOW = Duration.ofSeconds(20);

  /** Active followers from which on an author is not pushed. */
  public static final int CELEBRITY_THRESHOLD = 50;

  private FeedScale() {}
}
