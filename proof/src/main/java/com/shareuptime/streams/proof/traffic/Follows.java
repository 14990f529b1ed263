package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plans who follows whom: a few authors have most of the followers, and half of all follows are by
 * regulars. Follows end and begin anew, some must be asked for and accepted.
 */
final class Follows {
  private static final int REMEMBERED = 512;
  private static final double EXPONENT = 1.0;

  /** Coprime to the number of members: spreads the ranks over all kinds of members. */
  private static final long STRIDE = 1_777;

  private record Pair(long follower, long followee) {
    Interaction does(Change change) {
      return unannounced(change, null, followee, follower);
    }
  }

  private final UserPool cast;
  private final Celebrities celebrities;
  private final SplittableRandom random;
  private final Zipf popularity = new Zipf((int) UserPool.MEMBERS, EXPONENT);
  private final Newest<Pair> following;
  private final Newest<Pair> left;
  private final Newest<Pair> asked;

  Follows(UserPool cast, Celebrities celebrities, SplittableRandom random) {
    this.cast = cast;
    this.celebrities = celebrities;
    this.random = random;
    this.following = new Newest<>(REMEMBERED, random);
    this.left = new Newest<>(REMEMBERED, random);
    this.asked = new Newest<>(REMEMBERED, random);
  }

  /** A member, the more likely the more followers he has. */
  long popularAuthor() {
    return author(popularity.draw(random));
  }

  private long author(long rank) {
    return cast.member(rank * STRIDE % UserPool.MEMBERS);
  }

  /** Two sessions of one user follow somebody at once. */
  Race race(long follower, int rounds, boolean rollsBack) {
    long followee = popularAuthor();
    while (celebrities.include(followee)) {
      followee = popularAuthor();
    }
    Interaction follow = new Pair(follower, followee).does(Change.FOLLOW);
    Interaction unfollow = new Pair(follower, followee).does(Change.UNFOLLOW);
    return new Race(follow, unfollow, rounds, rollsBack, follow);
  }

  Interaction next() {
    int roll = random.nextInt(100);
    if (roll < 30 && !following.isEmpty()) {
      Pair pair = following.take();
      left.add(pair);
      return pair.does(Change.UNFOLLOW);
    } else if (roll < 50 && !left.isEmpty()) {
      Pair pair = left.take();
      following.add(pair);
      return pair.does(Change.FOLLOW);
    } else if (roll < 65) {
      Pair pair = stranger();
      asked.add(pair);
      return pair.does(Change.REQUEST_FOLLOW);
    } else if (roll < 78 && !asked.isEmpty()) {
      Pair pair = asked.take();
      following.add(pair);
      return pair.does(Change.ACCEPT_FOLLOW);
    } else if (roll < 80 && !asked.isEmpty()) {
      return asked.take().does(Change.UNFOLLOW);
    }
    return follow();
  }

  Interaction follow() {
    Pair pair = stranger();
    following.add(pair);
    return pair.does(Change.FOLLOW);
  }

  /** Whom someone who has just signed up follows, and who follows him; gone when he goes. */
  List<Interaction> welcome(long newcomer) {
    List<Interaction> follows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      follows.add(new Pair(newcomer, popularAuthor()).does(Change.FOLLOW));
      follows.add(new Pair(cast.anyRegular(random), newcomer).does(Change.FOLLOW));
    }
    return follows;
  }

  /** Those whose followers are counted are followed by the count alone. */
  private Pair stranger() {
    long follower = random.nextBoolean() ? cast.anyRegular(random) : cast.anyMember(random);
    long followee = popularAuthor();
    return follower == followee || celebrities.include(followee)
        ? stranger()
        : new Pair(follower, followee);
  }
}
