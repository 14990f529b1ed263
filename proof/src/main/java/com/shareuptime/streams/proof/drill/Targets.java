package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.truth.CountQueries;
import com.shareuptime.streams.contract.truth.CountedTable;
import com.shareuptime.streams.contract.truth.DocumentQueries;
import com.shareuptime.streams.contract.truth.IdCondition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Posts and reels of the product's tables. */
record Targets(Connection connection) {
  /** Of those that have been liked: that a count of zero is not there differs from nothing. */
  private static final String COUNTED =
      """
      select c.target_type || ':' || c.target_id
      from streams.counters c join (%s) there using (target_type, target_id)
      where c.likes_count > 0
      order by hashint8extended(c.target_id, ?) limit ?
      """
          .formatted(CountQueries.TARGETS);

  private static final String EXISTS =
      "select from (%s) there where target_type = ? and target_id = ?"
          .formatted(CountQueries.TARGETS);

  private static final String FOUND =
      """
      select '%s:' || id from (%s) found where visibility = 'public'
      order by hashint8extended(id, ?) limit ?
      """;

  List<String> counted(int most, SplittableRandom random) throws SQLException {
    return keys(COUNTED, most, random);
  }

  /** Those that searches find. */
  List<String> found(Target.Type type, int most, SplittableRandom random) throws SQLException {
    return keys(
        FOUND.formatted(type.label(), DocumentQueries.shown(type, IdCondition.ALL)), most, random);
  }

  private List<String> keys(String sql, int most, SplittableRandom random) throws SQLException {
    List<String> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, random.nextLong());
      statement.setInt(2, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          keys.add(row.getString(1));
        }
      }
    }
    return keys;
  }

  /** Whether it is there and liked, so that a counter which is absent is wrong. */
  boolean isLiked(String key) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(new CountedTable(CounterKind.LIKES).anyRow())) {
      statement.setNull(3, Types.BIGINT);
      return is(statement, key);
    }
  }

  boolean exists(String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
      return is(statement, key);
    }
  }

  private static boolean is(PreparedStatement statement, String key) throws SQLException {
    statement.setString(1, CorruptEntry.type(key));
    statement.setLong(2, CorruptEntry.id(key));
    try (ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }
}
