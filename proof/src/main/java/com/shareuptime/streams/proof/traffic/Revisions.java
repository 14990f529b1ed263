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
  private enum Column {
    MEDIUM,
    TIME,
    VISIBILITY
  }

  private static final Column[] COLUMNS = Column.values();

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
      return changeAlone(COLUMNS[random.nextInt(COLUMNS.length)], anyLarge());
    } else if (roll < 85) {
      return changeAlone(roll < 80 ? Column.MEDIUM : Column.TIME, any());
    }
    return changeAlone(Column.VISIBILITY, ordinary());
  }

  private Interaction edit(Target target) {
    note(target, revision);
    return change(isPost(target) ? Change.EDIT_POST : Change.EDIT_REEL, target);
  }

  private Interaction changeAlone(Column column, Target target) {
    Change change =
        switch (column) {
          case MEDIUM -> isPost(target) ? Change.ATTACH_MEDIA : Change.REPLACE_VIDEO;
          case TIME -> isPost(target) ? Change.TOUCH_POST : Change.TOUCH_REEL;
          case VISIBILITY -> visibility(target);
        };
    return change(change, target);
  }

  /** Most are public in the end. */
  private Change visibility(Target target) {
    int roll = random.nextInt(4);
    if (roll < 2) {
      return isPost(target) ? Change.OPEN_POST : Change.OPEN_REEL;
    } else if (roll == 2) {
      return isPost(target) ? Change.LIMIT_POST : Change.LIMIT_REEL;
    }
    return isPost(target) ? Change.CLOSE_POST : Change.CLOSE_REEL;
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

  private static boolean isPost(Target target) {
    return target.type() == Target.Type.POST;
  }
}
