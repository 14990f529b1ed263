package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import com.shareuptime.streams.contract.Target;
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
      return unannounced(Change.DATE_POST_ODDLY, feedPosts.any(), number, 0);
    } else if (roll < 60) {
      return change(Change.EDIT_POST_ODDLY, Change.EDIT_REEL_ODDLY);
    } else if (roll < 80) {
      return change(Change.TOUCH_POST_ODDLY, Change.TOUCH_REEL_ODDLY);
    }
    return interactions.likeAtOddTime(ordinary(), number);
  }

  private Interaction change(Change ofPost, Change ofReel) {
    Target target = ordinary().target();
    return unannounced(target.type() == Target.Type.POST ? ofPost : ofReel, target, number, 0);
  }

  private TargetModel ordinary() {
    return shelf.drawWhere(
        model -> model.kind() == TargetModel.Kind.ORDINARY && !model.everyoneLikesIt());
  }
}
