package com.shareuptime.streams.cli.explain.user;

import com.shareuptime.streams.cli.explain.user.Account.Follows;
import com.shareuptime.streams.cli.feed.PageTruth;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.feed.Cursor;
import com.shareuptime.streams.contract.truth.FeedQueries;
import com.shareuptime.streams.contract.truth.UserQueries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The product's tables, asked for one user.
 *
 * @param posts what their ids are
 */
record AccountTable(Database source, IdKind posts) {
  private static final String ROW =
      """
      select format('user %%s (%%s, "%%s"%%s), written %%s', id, username, display_name,
                    case when is_active then '' else ', INACTIVE' end, created_at),
             is_active, username, display_name, coalesce(avatar_url, ''), is_verified,
             follows, pending_follows, followers, pending_followers
      from (%s) account
      """
          .formatted(UserQueries.ONE);

  Account read(Id user) {
    return source
        .ask(handle -> handle.select(ROW, user).map((row, context) -> account(row)).findOne())
        .orElseThrow(() -> PageTruth.noUser(user));
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getString(1),
        row.getBoolean(2),
        Map.of(
            "username", row.getString(3),
            "display_name", row.getString(4),
            "avatar_url", row.getString(5),
            "is_verified", Boolean.toString(row.getBoolean(6))),
        new Follows(row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10)));
  }

  /** Where posts stand in feeds, newest first. */
  List<Cursor> positions(List<Id> ids) {
    return source.ask(
        handle ->
            handle
                .createQuery(FeedQueries.positions(posts))
                .bind(0, Ids.of(ids))
                .map((row, context) -> new Cursor(row.getLong(2), Id.ofSql(row.getObject(1))))
                .list());
  }
}
