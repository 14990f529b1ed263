package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plans the fame of a few authors, whom nobody else follows: regulars come and go in numbers, so
 * that each of these authors passes the threshold of {@link FeedScale} upwards and downwards, over
 * and over. They never go away themselves.
 */
final class Celebrities {
  private static final int AUTHORS = 4;
  private static final int FIRST_INDEX = 5;
  private static final int INDEX_STEP = 1_200;
  private static final int THRESHOLD = FeedScale.CELEBRITY_THRESHOLD;

  /** A celebrity stays one down to 80 % of the threshold. */
  private static final int CEASES_BELOW = THRESHOLD * 8 / 10;

  private static final int MOST = THRESHOLD * 7 / 5;
  private static final int FEWEST = THRESHOLD / 2;

  private final class Fame {
    private final long author;
    private final int firstFollower;
    private int followers;
    private boolean rising = true;
    private boolean famous;

    private Fame(long author, int firstFollower) {
      this.author = author;
      this.firstFollower = firstFollower;
    }

    private Interaction next() {
      Interaction step =
          rising
              ? unannounced(Change.FOLLOW, null, author, follower(followers++))
              : unannounced(Change.UNFOLLOW, null, author, follower(--followers));
      if (followers >= MOST || followers <= FEWEST) {
        rising = followers <= FEWEST;
      }
      if (famous ? followers < CEASES_BELOW : followers > THRESHOLD) {
        famous = !famous;
        crossings = crossings.andOne(famous);
      }
      return step;
    }

    private long follower(int index) {
      return cast.regular(firstFollower + index);
    }
  }

  private final UserPool cast;
  private final List<Fame> all = new ArrayList<>();
  private Crossings crossings = Crossings.NONE;

  Celebrities(UserPool cast) {
    this.cast = cast;
    for (int i = 0; i < AUTHORS; i++) {
      all.add(new Fame(author(i), i * (int) UserPool.REGULARS / AUTHORS));
    }
  }

  private long author(int index) {
    return cast.member(FIRST_INDEX + (long) index * INDEX_STEP);
  }

  /** As many followers as they never fall below. */
  List<Interaction> opening() {
    List<Interaction> follows = new ArrayList<>();
    for (Fame fame : all) {
      while (fame.followers < FEWEST) {
        follows.add(fame.next());
      }
    }
    return follows;
  }

  /** One more follower of one of them, or one less. */
  Interaction next(SplittableRandom random) {
    return all.get(random.nextInt(AUTHORS)).next();
  }

  long any(SplittableRandom random) {
    return author(random.nextInt(AUTHORS));
  }

  boolean include(long userId) {
    return all.stream().anyMatch(fame -> fame.author == userId);
  }

  /** How often one of them has become a celebrity, and ceased to be one. */
  Crossings crossings() {
    return crossings;
  }
}
