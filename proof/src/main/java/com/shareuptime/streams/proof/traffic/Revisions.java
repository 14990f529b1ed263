package com.shareuptime.streams.proof.traffic;

import static com.shareuptime.streams.proof.traffic.Interactions.unannounced;

import com.shareuptime.streams.contract.Target;
import java.util.SplittableRandom;

/**
 * Plans what changes posts and reels that stay: new texts, another column beside a text that is
 * stored out of line, another visibility. Growing targets are left alone, as who watches them
 * counts on rows that are added and on nothing else.
 */
final class Revisions {
  private final Shelf shelf;
  private final FeedPosts feedPosts;
  private final SplittableRandom random;
  private final RecentTargets large;
  private long revision = Texts.FIRST;

  Revisions(Shelf shelf, FeedPosts feedPosts, SplittableRandom random) {
    this.shelf = shelf;
    this.feedPosts = feedPosts;
    this.random = random;
    this.large = new RecentTargets(shelf, random);
  }

  void published(Target target) {
    note(target, Texts.FIRST);
  }

  Interaction next() {
    revision++;
    int roll = random.nextInt(100);
    if (roll < 50) {
      return edit(any());
    } else if (roll < 55) {
      return edit(anyLarge());
    } else if (roll < 75) {
      return switch (random.nextInt(3)) {
        case 0 -> changeMedium(anyLarge());
        case 1 -> change(Change.TOUCH, anyLarge());
        default -> changeVisibility(anyLarge());
      };
    } else if (roll < 85) {
      return roll < 80 ? changeMedium(any()) : change(Change.TOUCH, any());
    }
    return changeVisibility(ordinary());
  }

  private Interaction edit(Target target) {
    note(target, revision);
    return change(Change.EDIT, target);
  }

  private Interaction changeMedium(Target target) {
    boolean post = target.type() == Target.Type.POST;
    return change(post ? Change.ATTACH_MEDIA : Change.REPLACE_VIDEO, target);
  }

  /** Most are public in the end. */
  private Interaction changeVisibility(Target target) {
    return switch (random.nextInt(5)) {
      case 0, 1 -> change(Change.OPEN, target);
      case 2 -> change(Change.UNLIST, target);
      case 3 -> change(Change.LIMIT, target);
      default -> change(Change.CLOSE, target);
    };
  }

  private Target any() {
    return feedPosts.enough() && random.nextInt(3) == 0
        ? feedPosts.any()
        : shelf.drawWhere(model -> !model.isGrowing()).target();
  }

  private Target ordinary() {
    return shelf.drawWhere(model -> model.kind() == TargetModel.Kind.ORDINARY).target();
  }

  private Target anyLarge() {
    return large.any().orElseGet(this::ordinary);
  }

  private void note(Target target, long textRevision) {
    if (Texts.isLarge(target, textRevision) && !shelf.isGrowing(target)) {
      large.add(target);
    } else {
      large.remove(target);
    }
  }

  private Interaction change(Change change, Target target) {
    return unannounced(change, target, revision, 0);
  }
}
