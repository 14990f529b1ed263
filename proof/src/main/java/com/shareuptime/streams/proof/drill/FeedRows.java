package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.local.Addresses;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Entries of feeds in Postgres: deleted, and put a second earlier. */
final class FeedRows extends FeedEntries {
  private static final String POSITION = "(extract(epoch from inserted_at) * 1000000)::bigint";
  private static final String ROW = " where user_id = ? and post_id = ?";
  private static final String DELETE =
      "delete from streams.user_feeds" + ROW + " returning '" + ABSENT + "'";
  private static final String MOVE =
      "update streams.user_feeds set inserted_at = inserted_at - interval '1 second'"
          + ROW
          + " returning "
          + POSITION;
  private static final String READ = "select " + POSITION + " from streams.user_feeds" + ROW;

  FeedRows(Addresses addresses) throws SQLException {
    super(addresses);
  }

  @Override
  public String surface() {
    return "feeds.postgres";
  }

  @Override
  String spoil(Entry entry, boolean moves) throws SQLException {
    return ask(moves ? MOVE : DELETE, entry.user(), entry.post());
  }

  private String ask(String sql, long user, long post) throws SQLException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.setLong(1, user);
      statement.setLong(2, post);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() ? answer.getString(1) : null;
      }
    }
  }

  @Override
  public String read(CorruptEntry row) throws SQLException {
    String now = ask(READ, row.id(), row.entry());
    return now == null ? ABSENT : now;
  }
}
