package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the product's backend does to rows, how its effect shows in the views of the model, and what
 * each is announced as; the statements themselves are those of a {@link TrafficSql}. Their order
 * here is the order within a transaction: what is referred to comes before what refers to it,
 * deletes last.
 */
public enum Change {
  LIKE("exists " + Rows.LIKE, "like", "create"),
  LIKE_AT_ODD_TIME("exists " + Rows.LIKE, "like", "create"),
  COMMENT("exists " + Rows.COMMENT, "comment", "create"),
  SHARE("exists " + Rows.SHARE, "share", "create"),
  /** Whatever else a product counts for a post or reel: a bookmark, a vote. */
  MARK,
  /** The same for a comment: a like. */
  MARK_COMMENT,
  FOLLOW("exists " + Rows.FOLLOW),
  REQUEST_FOLLOW("exists " + Rows.FOLLOW),
  ACCEPT_FOLLOW("'accepted' in (select status " + Rows.FOLLOWS + ")"),
  REACTIVATE_USER("(select is_active from streams_model.users where id = :user)"),
  DEACTIVATE_USER("(select not is_active from streams_model.users where id = :user)"),
  MAKE_USER_PUBLIC("(select not is_private from streams_model.users where id = :user)"),
  MAKE_USER_PRIVATE("(select is_private from streams_model.users where id = :user)"),
  RESTORE("(select not is_deleted " + Rows.TARGETS + ")"),
  OPEN("(select visibility = 'public' " + Rows.TARGETS + ")"),
  UNLIST("(select visibility = 'unlisted' " + Rows.TARGETS + ")"),
  LIMIT("(select visibility = 'followers' " + Rows.TARGETS + ")"),
  CLOSE("(select visibility = 'private' " + Rows.TARGETS + ")"),
  EDIT,
  ATTACH_MEDIA,
  REPLACE_VIDEO,
  MOVE,
  DATE,
  EDIT_ODDLY,
  DATE_ODDLY,
  TOUCH_ODDLY,
  TOUCH,
  RESTORE_COMMENT("exists " + Rows.SHOWN_COMMENT, "comment", "create"),
  HIDE_COMMENT("not exists " + Rows.SHOWN_COMMENT, "comment", "delete"),
  DELETE_COMMENT("not exists " + Rows.COMMENT, "comment", "delete"),
  PURGE_COMMENT("not exists " + Rows.COMMENT),
  UNLIKE("not exists " + Rows.LIKE, "like", "delete"),
  UNSHARE("not exists " + Rows.SHARE, "share", "delete"),
  UNMARK,
  UNMARK_COMMENT,
  UNFOLLOW("not exists " + Rows.FOLLOW),
  HIDE("(select is_deleted " + Rows.TARGETS + ")"),
  CLEAR_LIKES(
      "not exists (select from streams_model.likes where target_type = :type and target_id ="
          + " :target)"),
  CLEAR_COMMENTS(
      "not exists (select from streams_model.comments"
          + " where target_type = :type and target_id = :target)"),
  DELETE("not exists (select " + Rows.TARGETS + ")");

  private static final class Rows {
    private static final String LIKE =
        "(select from streams_model.likes"
            + " where target_type = :type and target_id = :target and user_id = :user)";
    private static final String COMMENT =
        "(select from streams_model.comments where id = :comment)";
    private static final String SHOWN_COMMENT =
        "(select from streams_model.comments where not is_deleted and id = :comment)";
    private static final String SHARE = "(select from streams_model.shares where id = :share)";
    private static final String FOLLOWS =
        "from streams_model.follows where follower_id = :user and followee_id = :followee";
    private static final String FOLLOW = "(select " + FOLLOWS + ")";
    private static final String TARGETS = "from streams_model.{table} where id = :target";
  }

  private final Map<Target.Type, RowSql> effects = new HashMap<>();
  private final CountedView counter;
  private final String eventAction;

  /** The row does not tell whether it has been made, and it does no harm if it is made again. */
  Change() {
    this(null);
  }

  Change(String effect) {
    this(effect, null, null);
  }

  /**
   * @param effect a condition that holds once it has been made, if nobody else undoes it meanwhile
   */
  Change(String effect, String eventType, String eventAction) {
    for (Target.Type type : effect == null ? List.<Target.Type>of() : Target.Type.DOCUMENTS) {
      effects.put(
          type,
          RowSql.of(
              "select coalesce(%s, false)".formatted(effect).replace("{table}", type.table())));
    }
    this.counter = eventType == null ? null : IdKinds.NUMBERS.announcedBy(eventType).orElseThrow();
    this.eventAction = eventAction;
  }

  /**
   * Tells by the views whether it has been made; empty if its row does not tell.
   *
   * @param type of its target; any if it has none
   */
  Optional<RowSql> effect(Target.Type type) {
    return Optional.ofNullable(effects.get(type));
  }

  /** Whether the product announces it. */
  boolean isAnnounced() {
    return counter != null;
  }

  /** What it adds to or takes from; null if it is not announced. */
  public CountedView counter() {
    return counter;
  }

  /** {@code create} or {@code delete}. */
  String eventAction() {
    return eventAction;
  }

  String topic() {
    return counter.eventsTopic();
  }

  /** It touches rows of many users, so nothing that follows may be moved before it. */
  boolean isWide() {
    return compareTo(CLEAR_LIKES) >= 0;
  }

  /** The fault that it is made for, if it is. */
  Optional<Fault> fault() {
    return switch (this) {
      case HIDE -> Optional.of(Fault.SOFT_DELETES);
      case DELETE -> Optional.of(Fault.TARGET_DELETES);
      case CLEAR_LIKES -> Optional.of(Fault.BULK_DELETES);
      case MOVE -> Optional.of(Fault.MOVES);
      case DATE -> Optional.of(Fault.NEW_DATES);
      case LIKE_AT_ODD_TIME, EDIT_ODDLY, DATE_ODDLY, TOUCH_ODDLY -> Optional.of(Fault.ODD_VALUES);
      default -> Optional.empty();
    };
  }

  /** What it is to those who search, if it is something to them. */
  Optional<Revision> revision() {
    return switch (this) {
      case EDIT -> Optional.of(Revision.EDITS);
      case ATTACH_MEDIA, REPLACE_VIDEO, TOUCH -> Optional.of(Revision.TOUCHES);
      case OPEN, UNLIST, LIMIT, CLOSE -> Optional.of(Revision.VISIBILITIES);
      case HIDE -> Optional.of(Revision.HIDDEN);
      case RESTORE -> Optional.of(Revision.RESTORED);
      case DEACTIVATE_USER -> Optional.of(Revision.DEACTIVATIONS);
      case REACTIVATE_USER -> Optional.of(Revision.REACTIVATIONS);
      case MAKE_USER_PRIVATE -> Optional.of(Revision.PRIVATE_ACCOUNTS);
      case MAKE_USER_PUBLIC -> Optional.of(Revision.PUBLIC_ACCOUNTS);
      default -> Optional.empty();
    };
  }

  /** The counters with rows added by a change that adds. */
  public Counts addTo(Counts counts, int rows) {
    if (!"create".equals(eventAction)) {
      throw new IllegalArgumentException(this + " does not only add");
    }
    return counts.plus(counter.kind(), rows);
  }
}
