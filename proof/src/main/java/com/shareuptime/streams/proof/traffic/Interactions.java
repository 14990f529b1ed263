package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.util.SplittableRandom;

/** Plans what is done to a given post or reel next. */
final class Interactions {
  private static final double NEWCOMER_SHARE = 0.03;
  private static final double REPLY_SHARE = 0.25;
  private final UserPool cast;
  private final Announcer announcer;
  private final SplittableRandom random;
  private final Follows follows;
  private long nextComment;
  private long nextShare;

  Interactions(
      UserPool cast, Follows follows, Announcer announcer, SplittableRandom random, FirstIds ids) {
    this.cast = cast;
    this.follows = follows;
    this.announcer = announcer;
    this.random = random;
    this.nextComment = ids.comment();
    this.nextShare = ids.share();
  }

  Interaction next(TargetModel model) {
    return model.isGrowing() ? gain(model) : anything(model);
  }

  private Interaction gain(TargetModel model) {
    int roll = random.nextInt(100);
    if (roll < 60 && !model.everyoneLikesIt()) {
      return like(model);
    }
    return roll < 75 && canBeShared(model) ? share(model) : comment(model);
  }

  private Interaction anything(TargetModel model) {
    if (cast.hasNewcomers() && random.nextDouble() < NEWCOMER_SHARE) {
      return byNewcomer(model);
    }
    int roll = random.nextInt(100);
    if (roll < 50 && !model.everyoneLikesIt()) {
      return like(model);
    } else if (roll < 62 && model.likes() > 0) {
      return unlike(model);
    } else if (roll < 79) {
      return comment(model);
    } else if (roll < 83 && !model.visibleComments().isEmpty()) {
      return hideComment(model);
    } else if (roll < 86 && !model.visibleComments().isEmpty()) {
      return row(Change.DELETE_COMMENT, model, model.visibleComments().take(), 0);
    } else if (roll < 88 && !model.hiddenComments().isEmpty()) {
      return roll < 87 ? restoreComment(model) : purgeComment(model);
    } else if (roll < 94 && canBeShared(model)) {
      return share(model);
    } else if (roll < 96 && !model.shares().isEmpty()) {
      return row(Change.UNSHARE, model, model.shares().take(), 0);
    } else if (roll >= 96) {
      return follows.next();
    }
    return comment(model);
  }

  /** Would be right if it were not rolled back; leaves the model as it is. */
  Interaction rolledBack(TargetModel model) {
    int roll = random.nextInt(100);
    if (roll < 20 && model.likes() > 0) {
      return row(Change.UNLIKE, model, 0, cast.writer(model.aLiker(random)));
    } else if (roll < 40) {
      return row(Change.COMMENT, model, nextComment++, cast.anyWriter(random));
    } else if (roll < 50 && canBeShared(model)) {
      return row(Change.SHARE, model, nextShare++, cast.anyWriter(random));
    }
    return row(Change.LIKE, model, 0, cast.writer(model.aStranger()));
  }

  Interaction likeBy(Target target, long userId) {
    return new Interaction(Change.LIKE, target, 0, userId, 0, announcer.announce());
  }

  Interaction unlikeBy(Target target, long userId) {
    return new Interaction(Change.UNLIKE, target, 0, userId, 0, announcer.announce());
  }

  Interaction like(TargetModel model) {
    return row(Change.LIKE, model, 0, cast.writer(model.like()));
  }

  Interaction likeAtOddTime(TargetModel model, long which) {
    return row(Change.LIKE_AT_ODD_TIME, model, which, cast.writer(model.like()));
  }

  Interaction unlike(TargetModel model) {
    return row(Change.UNLIKE, model, 0, cast.writer(model.unlike(random.nextBoolean())));
  }

  static Interaction unannounced(Change change, Target target, long rowId, long userId) {
    return new Interaction(change, target, rowId, userId, 0, Announcement.NONE);
  }

  static Interaction unannounced(Change change, Target target) {
    return unannounced(change, target, 0, 0);
  }

  /** Newcomers' rows go with them, so the model keeps none of their ids. */
  private Interaction byNewcomer(TargetModel model) {
    long user = cast.anyNewcomer(random);
    return switch (random.nextInt(4)) {
      case 0 -> row(Change.COMMENT, model, nextComment++, user);
      case 1 ->
          canBeShared(model)
              ? row(Change.SHARE, model, nextShare++, user)
              : row(Change.LIKE, model, 0, user);
      default -> row(Change.LIKE, model, 0, user);
    };
  }

  private Interaction comment(TargetModel model) {
    long id = nextComment++;
    long parent = 0;
    if (random.nextDouble() < REPLY_SHARE && !model.visibleComments().isEmpty()) {
      // answers are left alone: they may go with what they answer
      parent = model.visibleComments().any();
    } else {
      model.visibleComments().add(id);
    }
    return new Interaction(
        Change.COMMENT, model.target(), id, cast.anyWriter(random), parent, announcer.announce());
  }

  private Interaction hideComment(TargetModel model) {
    long id = model.visibleComments().take();
    model.hiddenComments().add(id);
    return row(Change.HIDE_COMMENT, model, id, 0);
  }

  private Interaction restoreComment(TargetModel model) {
    long id = model.hiddenComments().take();
    model.visibleComments().add(id);
    return row(Change.RESTORE_COMMENT, model, id, 0);
  }

  private Interaction purgeComment(TargetModel model) {
    return unannounced(Change.PURGE_COMMENT, model.target(), model.hiddenComments().take(), 0);
  }

  private Interaction share(TargetModel model) {
    long id = nextShare++;
    model.shares().add(id);
    return row(Change.SHARE, model, id, cast.anyWriter(random));
  }

  private static boolean canBeShared(TargetModel model) {
    return model.target().type() == Target.Type.POST;
  }

  private Interaction row(Change change, TargetModel model, long rowId, long userId) {
    return new Interaction(change, model.target(), rowId, userId, 0, announcer.announce());
  }
}
