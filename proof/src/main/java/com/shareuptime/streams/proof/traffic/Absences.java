package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Plans members who are deactivated, and reactivated some time later: a few at any time. */
final class Absences {
  private static final int AT_ONCE = 24;

  private final UserPool cast;
  private final Follows follows;
  private final Celebrities celebrities;
  private final SplittableRandom random;
  private final Deque<Long> away = new ArrayDeque<>();

  Absences(UserPool cast, Follows follows, Celebrities celebrities, SplittableRandom random) {
    this.cast = cast;
    this.follows = follows;
    this.celebrities = celebrities;
    this.random = random;
  }

  /** The next one goes, or the one who has been away longest comes back. */
  Interaction next() {
    boolean back = !away.isEmpty() && (away.size() >= AT_ONCE || random.nextInt(5) < 2);
    if (back) {
      return unannounced(Change.REACTIVATE_USER, null, 0, away.poll());
    }
    long user = anyone();
    away.add(user);
    return unannounced(Change.DEACTIVATE_USER, null, 0, user);
  }

  private long anyone() {
    long user =
        switch (random.nextInt(3)) {
          case 0 -> cast.anyRegular(random);
          case 1 -> follows.popularAuthor();
          default -> cast.anyMember(random);
        };
    return celebrities.include(user) || away.contains(user) ? anyone() : user;
  }
}
