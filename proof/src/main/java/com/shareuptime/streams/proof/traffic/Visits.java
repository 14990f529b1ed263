package com.shareuptime.streams.proof.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is there when, whatever else happens: regulars are seen so often that they always have a
 * feed; those who come and go stay away for longer than {@link FeedScale#ACTIVITY_WINDOW}, a few at
 * a time. By the clock, not by the step: whether somebody is away depends on it. Not thread-safe.
 */
final class Visits {
  static final Duration TICK = Duration.ofSeconds(2);

  private static final long REGULAR_EVERY = 3;
  private static final long RETURN_AFTER =
      FeedScale.ACTIVITY_WINDOW.toMillis() * 7 / 5 / TICK.toMillis();

  private final UserPool cast;
  private final String prefix;
  private long tick;

  Visits(UserPool cast, FirstIds ids) {
    this.cast = cast;
    this.prefix = "v" + Long.toString(ids.comment(), 36) + "-";
  }

  /** Whom the next tick sees; the first one sees every regular. */
  List<Operation.Activity> next() {
    List<Operation.Activity> seen = new ArrayList<>();
    for (long i = 0; i < UserPool.REGULARS; i++) {
      if (tick == 0 || (tick + i) % REGULAR_EVERY == 0) {
        seen.add(visit(cast.regular(i)));
      }
      if ((tick + i) % RETURN_AFTER == 0) {
        seen.add(visit(cast.comerAndGoer(i)));
      }
    }
    tick++;
    return seen;
  }

  private Operation.Activity visit(long userId) {
    return new Operation.Activity(userId, prefix + tick + "-" + userId);
  }
}
