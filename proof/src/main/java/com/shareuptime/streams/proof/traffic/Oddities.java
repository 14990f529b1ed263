package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import java.util.SplittableRandom;

/** Plans rows with values that nobody expects, each odd value in its turn. */
final class Oddities {
  private final Shelf shelf;
  private final FeedPosts feedPosts;
  private final Interactions interactions;
  private final SplittableRandom random;
  private long number;

  Oddities(Shelf shelf, FeedPosts feedPosts, Interactions interactions, SplittableRandom random) {
    this.shelf = shelf;
    this.feedPosts = feedPosts;
    this.interactions = interactions;
    this.random = random;
  }

  Interaction next() {
    number++;
    int roll = random.nextInt(100);
    if (roll < 30 && feedPosts.enough()) {
      return unannounced(Change.DATE_ODDLY, feedPosts.any(), number, 0);
    } else if (roll < 80) {
      Change change = roll < 60 ? Change.EDIT_ODDLY : Change.TOUCH_ODDLY;
      return unannounced(change, ordinary().target(), number, 0);
    }
    return interactions.likeAtOddTime(ordinary(), number);
  }

  private TargetModel ordinary() {
    return shelf.drawWhere(
        model -> model.kind() == TargetModel.Kind.ORDINARY && !model.everyoneLikesIt());
  }
}
