package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Plans members who are switched to a state, and back some time later: a few at any time. */
final class UserToggle {
  private static final int AT_ONCE = 24;

  private final Change on;
  private final Change off;

  private final UserPool cast;
  private final Follows follows;
  private final Celebrities celebrities;
  private final SplittableRandom random;
  private final Deque<Long> switched = new ArrayDeque<>();

  UserToggle(
      Change on,
      Change off,
      UserPool cast,
      Follows follows,
      Celebrities celebrities,
      SplittableRandom random) {
    this.on = on;
    this.off = off;
    this.cast = cast;
    this.follows = follows;
    this.celebrities = celebrities;
    this.random = random;
  }

  /** The next one is switched, or the one who was switched first is switched back. */
  Interaction next() {
    boolean back = !switched.isEmpty() && (switched.size() >= AT_ONCE || random.nextInt(5) < 2);
    return back ? unannounced(off, null, 0, switched.poll()) : another();
  }

  /** One more is switched. */
  Interaction another() {
    long user = anyone();
    switched.add(user);
    return unannounced(on, null, 0, user);
  }

  private long anyone() {
    long user =
        switch (random.nextInt(3)) {
          case 0 -> cast.anyRegular(random);
          case 1 -> follows.popularAuthor();
          default -> cast.anyMember(random);
        };
    return celebrities.include(user) || switched.contains(user) ? anyone() : user;
  }
}
