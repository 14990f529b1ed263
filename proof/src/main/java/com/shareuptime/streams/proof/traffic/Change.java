package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import java.util.Optional;

/**
 * The statements of the product's backend, how their effect shows in the tables, and what each is
 * announced as. Their order here is the order within a transaction: what is referred to comes
 * before what refers to it, deletes last.
 */
public enum Change {
  LIKE(
      "insert into likes (target_type, target_id, user_id) values (:type, :target, :user)"
          + Rows.ONCE,
      "exists " + Rows.LIKE,
      "like",
      "create"),
  LIKE_AT_ODD_TIME(
      "insert into likes (target_type, target_id, user_id, created_at)"
          + " values (:type, :target, :user, :odd_time::timestamptz)"
          + Rows.ONCE,
      "exists " + Rows.LIKE,
      "like",
      "create"),
  COMMENT(
      "insert into comments (target_type, target_id, id, author_id, parent_id, content)"
          + " values (:type, :target, :row, :user, :parent, 'A remark in passing')",
      "exists (select from comments where id = :row)",
      "comment",
      "create"),
  SHARE(
      "insert into shares (post_id, id, user_id) values (:target, :row, :user)",
      "exists (select from shares where id = :row)",
      "share",
      "create"),
  FOLLOW(
      "insert into follows (follower_id, followee_id) values (:user, :row)" + Rows.ONCE,
      "exists " + Rows.FOLLOW),
  REQUEST_FOLLOW(
      "insert into follows (follower_id, followee_id, status) values (:user, :row, 'pending')"
          + Rows.ONCE,
      "exists " + Rows.FOLLOW),
  ACCEPT_FOLLOW(
      "update follows set status = 'accepted'"
          + " where follower_id = :user and followee_id = :row and status = 'pending'",
      "exists (select from follows"
          + " where status = 'accepted' and follower_id = :user and followee_id = :row)"),
  REACTIVATE_USER(
      "update users set is_active = true, updated_at = now() where id = :user",
      "(select is_active from users where id = :user)"),
  DEACTIVATE_USER(
      "update users set is_active = false, updated_at = now() where id = :user",
      "(select not is_active from users where id = :user)"),
  RESTORE(
      "update {table} set is_deleted = false, updated_at = now() where id = :target",
      "(select not is_deleted from {table} where id = :target)"),
  OPEN(
      "update {table} set visibility = 'public', updated_at = now() where id = :target",
      "(select visibility = 'public' from {table} where id = :target)"),
  LIMIT(
      "update {table} set visibility = 'followers', updated_at = now() where id = :target",
      "(select visibility = 'followers' from {table} where id = :target)"),
  CLOSE(
      "update {table} set visibility = 'private', updated_at = now() where id = :target",
      "(select visibility = 'private' from {table} where id = :target)"),
  EDIT("update {table} set {text} = :text, updated_at = now() where id = :target"),
  ATTACH_MEDIA(
      "update posts set media = jsonb_build_array(jsonb_build_object('type', 'image',"
          + " 'url', 'https://cdn.example/posts/' || :row || '.jpg')) where id = :target"),
  REPLACE_VIDEO(
      "update reels set video_url = 'https://cdn.example/reels/' || :row || '.mp4'"
          + " where id = :target"),
  MOVE("update {table} set author_id = :user, updated_at = now() where id = :target"),
  DATE("update posts set created_at = now() - :row * interval '1 ms' where id = :target"),
  EDIT_ODDLY("update {table} set {text} = :odd_text, updated_at = now() where id = :target"),
  DATE_ODDLY("update posts set created_at = :odd_time::timestamptz where id = :target"),
  TOUCH_ODDLY("update {table} set updated_at = :odd_time::timestamptz where id = :target"),
  TOUCH("update {table} set updated_at = now() where id = :target"),
  RESTORE_COMMENT(
      "update comments set is_deleted = false, updated_at = now() where id = :row and is_deleted",
      "exists " + Rows.SHOWN_COMMENT,
      "comment",
      "create"),
  HIDE_COMMENT(
      "update comments set is_deleted = true, updated_at = now() where id = :row and not"
          + " is_deleted",
      "not exists " + Rows.SHOWN_COMMENT,
      "comment",
      "delete"),
  DELETE_COMMENT(
      "delete from comments where id = :row and not is_deleted",
      "not exists (select from comments where id = :row)",
      "comment",
      "delete"),
  PURGE_COMMENT(
      "delete from comments where id = :row and is_deleted",
      "not exists (select from comments where id = :row)"),
  UNLIKE(
      "delete from likes where target_type = :type and target_id = :target and user_id = :user",
      "not exists " + Rows.LIKE,
      "like",
      "delete"),
  UNSHARE(
      "delete from shares where id = :row",
      "not exists (select from shares where id = :row)",
      "share",
      "delete"),
  UNFOLLOW(
      "delete from follows where follower_id = :user and followee_id = :row",
      "not exists " + Rows.FOLLOW),
  HIDE(
      "update {table} set is_deleted = true, updated_at = now() where id = :target",
      "(select is_deleted from {table} where id = :target)"),
  CLEAR_LIKES(
      "delete from likes where target_type = :type and target_id = :target",
      "not exists (select from likes where target_type = :type and target_id = :target)"),
  CLEAR_COMMENTS(
      "delete from comments where target_type = :type and target_id = :target",
      "not exists (select from comments where target_type = :type and target_id = :target)"),
  DELETE(
      "delete from {table} where id = :target",
      "not exists (select from {table} where id = :target)");

  private static final class Rows {
    private static final String ONCE = " on conflict do nothing";
    private static final String LIKE =
        "(select from likes where target_type = :type and target_id = :target and user_id = :user)";
    private static final String FOLLOW =
        "(select from follows where follower_id = :user and followee_id = :row)";
    private static final String SHOWN_COMMENT =
        "(select from comments where not is_deleted and id = :row)";
  }

  private final RowSql sql;
  private final RowSql effect;
  private final CounterKind counter;
  private final String eventAction;

  /** The row does not tell whether it has been made, and it does no harm if it is made again. */
  Change(String sql) {
    this(sql, null);
  }

  Change(String sql, String effect) {
    this(sql, effect, null, null);
  }

  /**
   * @param effect a condition that holds once it has been made, if nobody else undoes it meanwhile
   */
  Change(String sql, String effect, String eventType, String eventAction) {
    this.sql = RowSql.of(sql);
    this.effect = effect == null ? null : RowSql.of("select coalesce(" + effect + ", false)");
    this.counter = eventType == null ? null : CounterKind.announcedBy(eventType).orElseThrow();
    this.eventAction = eventAction;
  }

  RowSql sql() {
    return sql;
  }

  /** The same without {@code on conflict}, which would wait before it logs the row. */
  RowSql sqlThatMayConflict() {
    return new RowSql(sql.positional().replace(Rows.ONCE, ""), sql.values());
  }

  /** Tells by the tables whether it has been made; empty if its row does not tell. */
  Optional<RowSql> effect() {
    return Optional.ofNullable(effect);
  }

  /** Whether the product announces it. */
  boolean isAnnounced() {
    return counter != null;
  }

  /** What it adds to or takes from; null if it is not announced. */
  public CounterKind counter() {
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
      case OPEN, LIMIT, CLOSE -> Optional.of(Revision.VISIBILITIES);
      case HIDE -> Optional.of(Revision.HIDDEN);
      case RESTORE -> Optional.of(Revision.RESTORED);
      case DEACTIVATE_USER -> Optional.of(Revision.DEACTIVATIONS);
      case REACTIVATE_USER -> Optional.of(Revision.REACTIVATIONS);
      default -> Optional.empty();
    };
  }

  /** The counters with rows added by a change that adds. */
  public Counts addTo(Counts counts, int rows) {
    if (!"create".equals(eventAction)) {
      throw new IllegalArgumentException(this + " does not only add");
    }
    return counts.plus(counter, rows);
  }
}
