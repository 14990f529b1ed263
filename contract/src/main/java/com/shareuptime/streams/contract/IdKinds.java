package com.shareuptime.streams.contract;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What the ids of each entity are. */
public record IdKinds(IdKind users, IdKind posts, IdKind reels) implements Serializable {
  /** Of the canonical tables. */
  public static final IdKinds NUMBERS = new IdKinds(IdKind.NUMBER, IdKind.NUMBER, IdKind.NUMBER);

  private static final String OF_VIEWS =
      """
      select c.relname, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null)
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'id'
      join pg_type t on t.oid = a.atttypid
      where c.relnamespace = to_regnamespace('streams_model')::oid""";

  private static final String OF_SINK = "select name, id_kind from streams.entities";

  /** As the views of the product's database have them. */
  public static IdKinds ofViews(Connection source) throws SQLException {
    return read(source, OF_VIEWS);
  }

  /** As {@code migrate} has told the database of the sinks; numbers if it has told nothing. */
  public static IdKinds ofSink(Connection sink) throws SQLException {
    try (Statement statement = sink.createStatement();
        ResultSet row =
            statement.executeQuery("select to_regclass('streams.entities') is not null")) {
      row.next();
      return row.getBoolean(1) ? read(sink, OF_SINK) : NUMBERS;
    }
  }

  private static IdKinds read(Connection connection, String query) throws SQLException {
    Map<String, IdKind> kinds = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        kinds.put(row.getString(1), IdKind.ofSqlType(row.getString(2)));
      }
    }
    IdKind posts = kinds.getOrDefault("posts", IdKind.NUMBER);
    return new IdKinds(
        kinds.getOrDefault("users", IdKind.NUMBER), posts, kinds.getOrDefault("reels", posts));
  }

  /** Of a post or a reel. */
  public IdKind of(Target.Type type) {
    return type == Target.Type.POST ? posts : reels;
  }

  /** Where both are in one column. */
  public IdKind targets() {
    return either(posts, reels);
  }

  /** Where those of users are in it too. */
  public IdKind all() {
    return either(targets(), users);
  }

  private static IdKind either(IdKind one, IdKind other) {
    return one == other ? one : IdKind.TEXT;
  }
}
