package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/**
 * The statements of the product's backend, and what each is announced as. Their order here is the
 * order within a transaction: what is referred to comes before what refers to it, deletes last.
 */
public enum Change {
  LIKE(
      "insert into likes (target_type, target_id, user_id) values (?, ?, ?) on conflict do nothing",
      "like",
      "create",
      Column.TYPE,
      Column.TARGET,
      Column.USER),
  LIKE_AT_ODD_TIME(
      "insert into likes (target_type, target_id, user_id, created_at)"
          + " values (?, ?, ?, ?::timestamptz) on conflict do nothing",
      "like",
      "create",
      Column.TYPE,
      Column.TARGET,
      Column.USER,
      Column.ODD_TIME),
  COMMENT(
      "insert into comments (target_type, target_id, id, author_id, parent_id, content)"
          + " values (?, ?, ?, ?, ?, 'A remark in passing')",
      "comment",
      "create",
      Column.TYPE,
      Column.TARGET,
      Column.ROW,
      Column.USER,
      Column.PARENT),
  SHARE(
      "insert into shares (post_id, id, user_id) values (?, ?, ?)",
      "share",
      "create",
      Column.TARGET,
      Column.ROW,
      Column.USER),
  FOLLOW(
      "insert into follows (follower_id, followee_id) values (?, ?) on conflict do nothing",
      Column.USER,
      Column.ROW),
  REQUEST_FOLLOW(
      "insert into follows (follower_id, followee_id, status) values (?, ?, 'pending')"
          + " on conflict do nothing",
      Column.USER,
      Column.ROW),
  ACCEPT_FOLLOW(
      "update follows set status = 'accepted'"
          + " where follower_id = ? and followee_id = ? and status = 'pending'",
      Column.USER,
      Column.ROW),
  REACTIVATE_USER(
      "update users set is_active = true, updated_at = now() where id = ?", Column.USER),
  DEACTIVATE_USER(
      "update users set is_active = false, updated_at = now() where id = ?", Column.USER),
  RESTORE_POST(
      "update posts set is_deleted = false, updated_at = now() where id = ?", Column.TARGET),
  OPEN_POST(
      "update posts set visibility = 'public', updated_at = now() where id = ?", Column.TARGET),
  LIMIT_POST(
      "update posts set visibility = 'followers', updated_at = now() where id = ?", Column.TARGET),
  CLOSE_POST(
      "update posts set visibility = 'private', updated_at = now() where id = ?", Column.TARGET),
  RESTORE_REEL(
      "update reels set is_deleted = false, updated_at = now() where id = ?", Column.TARGET),
  OPEN_REEL(
      "update reels set visibility = 'public', updated_at = now() where id = ?", Column.TARGET),
  LIMIT_REEL(
      "update reels set visibility = 'followers', updated_at = now() where id = ?", Column.TARGET),
  CLOSE_REEL(
      "update reels set visibility = 'private', updated_at = now() where id = ?", Column.TARGET),
  EDIT_POST(
      "update posts set content = ?, updated_at = now() where id = ?", Column.TEXT, Column.TARGET),
  EDIT_REEL(
      "update reels set caption = ?, updated_at = now() where id = ?", Column.TEXT, Column.TARGET),
  ATTACH_MEDIA(
      "update posts set media = jsonb_build_array(jsonb_build_object('type', 'image',"
          + " 'url', 'https://cdn.example/posts/' || ? || '.jpg')) where id = ?",
      Column.ROW,
      Column.TARGET),
  REPLACE_VIDEO(
      "update reels set video_url = 'https://cdn.example/reels/' || ? || '.mp4' where id = ?",
      Column.ROW,
      Column.TARGET),
  MOVE_POST(
      "update posts set author_id = ?, updated_at = now() where id = ?",
      Column.USER,
      Column.TARGET),
  MOVE_REEL(
      "update reels set author_id = ?, updated_at = now() where id = ?",
      Column.USER,
      Column.TARGET),
  DATE_POST(
      "update posts set created_at = now() - ? * interval '1 ms' where id = ?",
      Column.ROW,
      Column.TARGET),
  EDIT_POST_ODDLY(
      "update posts set content = ?, updated_at = now() where id = ?",
      Column.ODD_TEXT,
      Column.TARGET),
  EDIT_REEL_ODDLY(
      "update reels set caption = ?, updated_at = now() where id = ?",
      Column.ODD_TEXT,
      Column.TARGET),
  DATE_POST_ODDLY(
      "update posts set created_at = ?::timestamptz where id = ?", Column.ODD_TIME, Column.TARGET),
  TOUCH_POST_ODDLY(
      "update posts set updated_at = ?::timestamptz where id = ?", Column.ODD_TIME, Column.TARGET),
  TOUCH_REEL_ODDLY(
      "update reels set updated_at = ?::timestamptz where id = ?", Column.ODD_TIME, Column.TARGET),
  TOUCH_POST("update posts set updated_at = now() where id = ?", Column.TARGET),
  TOUCH_REEL("update reels set updated_at = now() where id = ?", Column.TARGET),
  RESTORE_COMMENT(
      "update comments set is_deleted = false, updated_at = now() where id = ? and is_deleted",
      "comment",
      "create",
      Column.ROW),
  HIDE_COMMENT(
      "update comments set is_deleted = true, updated_at = now() where id = ? and not is_deleted",
      "comment",
      "delete",
      Column.ROW),
  DELETE_COMMENT(
      "delete from comments where id = ? and not is_deleted", "comment", "delete", Column.ROW),
  PURGE_COMMENT("delete from comments where id = ? and is_deleted", Column.ROW),
  UNLIKE(
      "delete from likes where target_type = ? and target_id = ? and user_id = ?",
      "like",
      "delete",
      Column.TYPE,
      Column.TARGET,
      Column.USER),
  UNSHARE("delete from shares where id = ?", "share", "delete", Column.ROW),
  UNFOLLOW(
      "delete from follows where follower_id = ? and followee_id = ?", Column.USER, Column.ROW),
  HIDE_POST("update posts set is_deleted = true, updated_at = now() where id = ?", Column.TARGET),
  HIDE_REEL("update reels set is_deleted = true, updated_at = now() where id = ?", Column.TARGET),
  CLEAR_LIKES(
      "delete from likes where target_type = ? and target_id = ?", Column.TYPE, Column.TARGET),
  CLEAR_COMMENTS(
      "delete from comments where target_type = ? and target_id = ?", Column.TYPE, Column.TARGET),
  DELETE_POST("delete from posts where id = ?", Column.TARGET),
  DELETE_REEL("delete from reels where id = ?", Column.TARGET);

  private enum Column {
    TYPE,
    TARGET,
    ROW,
    USER,
    PARENT,
    TEXT,
    ODD_TEXT,
    ODD_TIME
  }

  private final String sql;
  private final CounterKind counter;
  private final String eventAction;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out
  private final Column[] columns;

  Change(String sql, Column... columns) {
    this(sql, null, null, columns);
  }

  Change(String sql, String eventType, String eventAction, Column... columns) {
    this.sql = sql;
    this.counter = eventType == null ? null : CounterKind.announcedBy(eventType).orElseThrow();
    this.eventAction = eventAction;
    this.columns = columns;
  }

  String sql() {
    return sql;
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

  boolean adds() {
    return "create".equals(eventAction);
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
      case HIDE_POST, HIDE_REEL -> Optional.of(Fault.SOFT_DELETES);
      case DELETE_POST, DELETE_REEL -> Optional.of(Fault.TARGET_DELETES);
      case CLEAR_LIKES -> Optional.of(Fault.BULK_DELETES);
      case MOVE_POST, MOVE_REEL -> Optional.of(Fault.MOVES);
      case DATE_POST -> Optional.of(Fault.NEW_DATES);
      case LIKE_AT_ODD_TIME,
          EDIT_POST_ODDLY,
          EDIT_REEL_ODDLY,
          DATE_POST_ODDLY,
          TOUCH_POST_ODDLY,
          TOUCH_REEL_ODDLY ->
          Optional.of(Fault.ODD_VALUES);
      default -> Optional.empty();
    };
  }

  /** What it is to those who search, if it is something to them. */
  Optional<Revision> revision() {
    return switch (this) {
      case EDIT_POST, EDIT_REEL -> Optional.of(Revision.EDITS);
      case ATTACH_MEDIA, REPLACE_VIDEO, TOUCH_POST, TOUCH_REEL -> Optional.of(Revision.TOUCHES);
      case OPEN_POST, LIMIT_POST, CLOSE_POST, OPEN_REEL, LIMIT_REEL, CLOSE_REEL ->
          Optional.of(Revision.VISIBILITIES);
      case HIDE_POST, HIDE_REEL -> Optional.of(Revision.HIDDEN);
      case RESTORE_POST, RESTORE_REEL -> Optional.of(Revision.RESTORED);
      case DEACTIVATE_USER -> Optional.of(Revision.DEACTIVATIONS);
      case REACTIVATE_USER -> Optional.of(Revision.REACTIVATIONS);
      default -> Optional.empty();
    };
  }

  /** The row does not tell whether it has been made, and it does no harm if it is made again. */
  boolean isRepeatable() {
    return compareTo(EDIT_POST) >= 0 && compareTo(TOUCH_REEL) <= 0;
  }

  /** The counters with rows added by a change that adds. */
  public Counts addTo(Counts counts, int rows) {
    if (!adds()) {
      throw new IllegalArgumentException(this + " does not only add");
    }
    return counts.plus(counter, rows);
  }

  void bind(PreparedStatement statement, Interaction row, Texts texts) throws SQLException {
    for (int i = 0; i < columns.length; i++) {
      switch (columns[i]) {
        case TYPE -> statement.setString(i + 1, row.target().type().label());
        case TARGET -> statement.setLong(i + 1, row.target().id());
        case ROW -> statement.setLong(i + 1, row.rowId());
        case USER -> statement.setLong(i + 1, row.userId());
        case TEXT -> statement.setString(i + 1, texts.of(row.target(), row.rowId()));
        case ODD_TEXT -> statement.setString(i + 1, OddValues.text(row.rowId()));
        case ODD_TIME -> statement.setString(i + 1, OddValues.time(row.rowId()));
        case PARENT -> {
          if (row.parentId() == 0) {
            statement.setNull(i + 1, Types.BIGINT);
          } else {
            statement.setLong(i + 1, row.parentId());
          }
        }
      }
    }
  }
}
