package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Posts and reels of the product's tables. */
record Targets(Connection connection) {
  /** Of those that have been liked: that a count of zero is not there differs from nothing. */
  private static final String COUNTED =
      """
      select c.target_type || ':' || c.target_id
      from streams.counters c
      where c.likes_count > 0
        and (c.target_type = 'post' and exists (select from public.posts p where p.id = c.target_id)
          or c.target_type = 'reel' and exists (select from public.reels r where r.id = c.target_id))
      order by hashint8extended(c.target_id, ?) limit ?
      """;

  private static final String LIKED =
      "select from public.likes where target_type = ? and target_id = ? limit 1";

  private static final String FOUND =
      """
      select '%1$s:' || d.id
      from public.%2$s d
      join public.users u on u.id = d.author_id
      where not d.is_deleted and u.is_active and d.visibility = 'public'
      order by hashint8extended(d.id, ?) limit ?
      """;

  List<String> counted(int most, SplittableRandom random) throws SQLException {
    return keys(COUNTED, most, random);
  }

  /** Those that searches find. */
  List<String> found(Target.Type type, int most, SplittableRandom random) throws SQLException {
    return keys(FOUND.formatted(type.label(), type.table()), most, random);
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
    return is(LIKED, key);
  }

  boolean exists(String key) throws SQLException {
    return is("select from public." + type(key).table() + " where ? <> '' and id = ?", key);
  }

  private boolean is(String sql, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, type(key).label());
      statement.setLong(2, CorruptEntry.id(key));
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static Target.Type type(String key) {
    return Target.Type.labelled(CorruptEntry.type(key)).orElseThrow();
  }
}
