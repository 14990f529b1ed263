package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Tells by the tables whether a change that nobody else undoes meanwhile has been made. */
final class Effect {
  private static final String OF_TARGET = "target_type = ? and target_id = ?";

  private Effect() {}

  static boolean shows(Connection connection, Interaction row) throws SQLException {
    Target target = row.target();
    return switch (row.change()) {
      case LIKE, LIKE_AT_ODD_TIME -> like(connection, row);
      case UNLIKE -> !like(connection, row);
      case COMMENT -> any(connection, "comments where id = ?", row.rowId());
      case DELETE_COMMENT, PURGE_COMMENT -> !any(connection, "comments where id = ?", row.rowId());
      case RESTORE_COMMENT ->
          any(connection, "comments where not is_deleted and id = ?", row.rowId());
      case HIDE_COMMENT ->
          !any(connection, "comments where not is_deleted and id = ?", row.rowId());
      case SHARE -> any(connection, "shares where id = ?", row.rowId());
      case UNSHARE -> !any(connection, "shares where id = ?", row.rowId());
      case FOLLOW, REQUEST_FOLLOW -> follow(connection, row);
      case ACCEPT_FOLLOW ->
          any(
              connection,
              "follows where status = 'accepted' and follower_id = ? and followee_id = ?",
              row.userId(),
              row.rowId());
      case REACTIVATE_USER -> any(connection, "users where is_active and id = ?", row.userId());
      case DEACTIVATE_USER -> any(connection, "users where not is_active and id = ?", row.userId());
      case RESTORE_POST, RESTORE_REEL ->
          any(connection, target.type().table() + " where not is_deleted and id = ?", target.id());
      case OPEN_POST, OPEN_REEL -> visible(connection, target, Operation.Visibility.PUBLIC);
      case LIMIT_POST, LIMIT_REEL -> visible(connection, target, Operation.Visibility.FOLLOWERS);
      case CLOSE_POST, CLOSE_REEL -> visible(connection, target, Operation.Visibility.PRIVATE);
      case EDIT_POST,
          EDIT_REEL,
          ATTACH_MEDIA,
          REPLACE_VIDEO,
          MOVE_POST,
          MOVE_REEL,
          DATE_POST,
          EDIT_POST_ODDLY,
          EDIT_REEL_ODDLY,
          DATE_POST_ODDLY,
          TOUCH_POST_ODDLY,
          TOUCH_REEL_ODDLY,
          TOUCH_POST,
          TOUCH_REEL ->
          throw new IllegalArgumentException("Its row does not tell: " + row.change());
      case UNFOLLOW -> !follow(connection, row);
      case HIDE_POST, HIDE_REEL ->
          any(connection, target.type().table() + " where is_deleted and id = ?", target.id());
      case DELETE_POST, DELETE_REEL ->
          !any(connection, target.type().table() + " where id = ?", target.id());
      case CLEAR_LIKES -> !any(connection, "likes where " + OF_TARGET, label(row), target.id());
      case CLEAR_COMMENTS ->
          !any(connection, "comments where " + OF_TARGET, label(row), target.id());
    };
  }

  private static boolean like(Connection connection, Interaction row) throws SQLException {
    return any(
        connection,
        "likes where " + OF_TARGET + " and user_id = ?",
        label(row),
        row.target().id(),
        row.userId());
  }

  private static boolean follow(Connection connection, Interaction row) throws SQLException {
    return any(
        connection, "follows where follower_id = ? and followee_id = ?", row.userId(), row.rowId());
  }

  private static boolean visible(
      Connection connection, Target target, Operation.Visibility visibility) throws SQLException {
    return any(
        connection,
        target.type().table() + " where visibility = ? and id = ?",
        visibility.label(),
        target.id());
  }

  private static String label(Interaction row) {
    return row.target().type().label();
  }

  private static boolean any(Connection connection, String rows, Object... key)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select exists (select from " + rows + ")")) {
      for (int i = 0; i < key.length; i++) {
        statement.setObject(i + 1, key[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }
}
