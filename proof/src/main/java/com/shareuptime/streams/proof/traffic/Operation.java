package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** One step of the plan. */
public sealed interface Operation
    permits Interaction,
        Operation.SignUp,
        Operation.Publish,
        Operation.ChangeProfile,
        Operation.RolledBack,
        Operation.SlowTransaction,
        Race,
        Operation.DeleteUser,
        Operation.Activity,
        Operation.SendBadEvent {

  /** Which of so many workers does it; −1 if none of them does. */
  default int lane(int lanes) {
    return -1;
  }

  record SignUp(long userId) implements Operation {}

  /** To whom a post or reel is shown. */
  enum Visibility {
    PUBLIC,
    /** In feeds, and found by no search. */
    UNLISTED,
    FOLLOWERS,
    PRIVATE;

    /** As in the column {@code visibility}. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param age how long ago it claims to have been created: its row may come later than younger
   *     ones
   * @param answered the post that this one answers, so that it is in no feed; null if none
   */
  record Publish(Target target, long authorId, Visibility visibility, Duration age, Target answered)
      implements Operation {
    Publish(Target target, long authorId) {
      this(target, authorId, Visibility.PUBLIC, Duration.ZERO);
    }

    Publish(Target target, long authorId, Visibility visibility, Duration age) {
      this(target, authorId, visibility, age, null);
    }

    OtherStatement statement() {
      return answered == null ? OtherStatement.PUBLISH : OtherStatement.REPLY;
    }
  }

  /**
   * The user appears otherwise: by another display name, with another picture or none, verified or
   * not.
   *
   * @param renames by another username, too
   * @param revision what he appears as follows from it
   */
  record ChangeProfile(long userId, long revision, boolean renames) implements Operation {}

  /** Done, rolled back, and announced all the same. */
  record RolledBack(Interaction interaction) implements Operation {
    @Override
    public int lane(int lanes) {
      return interaction.lane(lanes);
    }
  }

  /** Stays open beside the others; its rows are touched by nobody else. */
  record SlowTransaction(List<Interaction> rows, Duration open) implements Operation {}

  /**
   * @param thorough the backend also deletes and announces the user's likes, and clears the likes
   *     of the user's posts; otherwise it leaves everything to the foreign keys
   */
  record DeleteUser(long userId, boolean thorough) implements Operation {}

  /** The user was seen; an event without a row. */
  record Activity(long userId, String eventId) implements Operation {}

  record SendBadEvent(BadEvent kind, Target target, String eventId) implements Operation {}
}
