package com.shareuptime.streams.cli.explain;

import com.shareuptime.streams.cli.explain.AppEvent.Confirmation;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the product's tables have a row like the one that an event announced.
 *
 * @param grace how far apart an event and its row may come
 */
record EventRows(Database source, Duration grace) {
  private static final String WRITTEN = " and created_at between ? and ?";
  private static final String DELETED_SOFTLY = " and is_deleted and updated_at between ? and ?";

  List<AppEvent> confirmed(List<AppEvent> events, Target target) throws SQLException {
    List<AppEvent> confirmed = new ArrayList<>();
    if (!events.isEmpty()) {
      try (Connection connection = source.connect()) {
        for (AppEvent event : events) {
          confirmed.add(event.with(confirmation(event, target, connection)));
        }
      }
    }
    return confirmed;
  }

  private Confirmation confirmation(AppEvent event, Target target, Connection connection)
      throws SQLException {
    if (event.isCreate()) {
      return exists(rows(event).anyRow() + WRITTEN, true, event, target, connection)
          ? Confirmation.ROW_IS_THERE
          : Confirmation.NO_SUCH_ROW;
    }
    if (event.type().equals("like") && event.actor() != null) {
      return exists(CountedTable.LIKES.anyRow(), false, event, target, connection)
          ? Confirmation.ROW_IS_STILL_THERE
          : Confirmation.ROW_IS_GONE;
    }
    boolean isGone =
        event.type().equals("comment")
            && exists(
                CountedTable.COMMENTS.anyRow() + DELETED_SOFTLY, true, event, target, connection);
    return isGone ? Confirmation.ROW_IS_GONE : Confirmation.CANNOT_BE_TOLD;
  }

  private static CountedTable rows(AppEvent event) {
    return switch (event.type()) {
      case "like" -> CountedTable.LIKES;
      case "comment" -> CountedTable.COMMENTS;
      default -> CountedTable.SHARES;
    };
  }

  private boolean exists(
      String query, boolean isTimed, AppEvent event, Target target, Connection connection)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query + " limit 1")) {
      statement.setString(1, target.type().label());
      statement.setLong(2, target.id());
      statement.setObject(3, event.actor(), Types.BIGINT);
      if (isTimed) {
        Instant time = event.time();
        statement.setTimestamp(4, Timestamp.from(time.minus(grace)));
        statement.setTimestamp(5, Timestamp.from(time.plus(grace)));
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
