package com.shareuptime.streams.proof.traffic;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The first of the numbers that a plan may give to its rows.
 *
 * <p>They are known before a row is written, so that the same seed gives the same plan; and where
 * the tables give ids by sequences, they are taken out of these, so that no other writer meets
 * them.
 */
public record FirstIds(long user, long post, long reel, long comment, long share) {
  /** More than a simulator can use up. */
  private static final long RANGE = 1_000_000_000L;

  static final FirstIds FIRST = new FirstIds(1, 1, 1, 1, 1);

  /** One in an empty database, else such as no other simulator has: a range for each second. */
  private static final String BY_THE_CLOCK =
      """
      select case when exists (select from streams_model.users)
                  then extract(epoch from clock_timestamp())::bigint * %d else 1 end"""
          .formatted(RANGE);

  static FirstIds reserve(Handle handle, TrafficSql sql) throws SQLException {
    long otherwise = handle.select(BY_THE_CLOCK).mapTo(long.class).one();
    return new FirstIds(
        take(handle, sql, OtherStatement.FIRST_USER, otherwise),
        take(handle, sql, OtherStatement.FIRST_POST, otherwise),
        take(handle, sql, OtherStatement.FIRST_REEL, otherwise),
        take(handle, sql, OtherStatement.FIRST_COMMENT, otherwise),
        take(handle, sql, OtherStatement.FIRST_SHARE, otherwise));
  }

  private static long take(Handle handle, TrafficSql sql, OtherStatement name, long otherwise)
      throws SQLException {
    Optional<RowSql> first = sql.find(name, null);
    if (first.isEmpty()) {
      return otherwise;
    }
    try (PreparedStatement statement =
        handle.getConnection().prepareStatement(first.get().positional())) {
      first.get().bind(statement, value -> RANGE);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
