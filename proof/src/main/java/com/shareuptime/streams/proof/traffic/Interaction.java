package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;

/**
 * One change of one row (or, for the wide ones, of a target's rows) and its announcement.
 *
 * @param target what it is done to; null for a follow, whose row is the followed user, and for a
 *     change of a user
 * @param rowId id of the comment or share, or the followed user, or the revision of a text or
 *     medium, or how many milliseconds ago a post is to have been created, or which odd value, or
 *     the weight of a mark
 * @param userId who does it, or who is to be the author
 * @param parentId the comment that this one answers, or 0
 */
public record Interaction(
    Change change, Target target, long rowId, long userId, long parentId, Announcement announcement)
    implements Operation {

  /** Changes of one row must stay in their order. */
  String rowKey() {
    return switch (change) {
      case LIKE, LIKE_AT_ODD_TIME, UNLIKE -> "l" + target + "/" + userId;
      case FOLLOW, REQUEST_FOLLOW, ACCEPT_FOLLOW, UNFOLLOW -> "f" + userId + "/" + rowId;
      case REACTIVATE_USER, DEACTIVATE_USER, MAKE_USER_PUBLIC, MAKE_USER_PRIVATE -> "u" + userId;
      case COMMENT, RESTORE_COMMENT, HIDE_COMMENT, DELETE_COMMENT, PURGE_COMMENT -> "c" + rowId;
      case SHARE, UNSHARE -> "s" + rowId;
      case MARK, UNMARK -> "m" + target + "/" + userId;
      case MARK_COMMENT, UNMARK_COMMENT -> "m" + rowId + "/" + userId;
      default -> "t" + target;
    };
  }

  /**
   * All that is done to one target (or by one follower, or to one user) is done by one lane, in
   * order.
   */
  @Override
  public int lane(int lanes) {
    return Math.floorMod(target == null ? userId : target.id().number(), lanes);
  }
}
