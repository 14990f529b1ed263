package com.shareuptime.streams.proof.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Plans members who change how they appear, so that all that they have written appears otherwise.
 * Now and then it is the author with most posts of all.
 */
final class Profiles {
  private static final int MOST_PROLIFIC_EVERY = 12;

  private final UserPool cast;
  private final SplittableRandom random;
  private final Map<Long, Integer> published = new HashMap<>();
  private long mostProlific;
  private long revision;

  Profiles(UserPool cast, SplittableRandom random) {
    this.cast = cast;
    this.random = random;
    this.mostProlific = cast.member(0);
  }

  void published(long authorId) {
    int posts = published.merge(authorId, 1, Integer::sum);
    if (posts > published.getOrDefault(mostProlific, 0)) {
      mostProlific = authorId;
    }
  }

  Operation.ChangeProfile next() {
    boolean most = revision++ % MOST_PROLIFIC_EVERY == 0;
    return new Operation.ChangeProfile(
        most ? mostProlific : cast.anyMember(random), revision, most || random.nextBoolean());
  }
}
