package com.shareuptime.streams.cli.hole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.TextPrefix;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A post, reel or user as the table has it, its texts up to a size that a message to a job can
 * have.
 *
 * @param json the columns that documents show, as the job search reads them
 */
record TableRow(long id, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DOCUMENT =
      """
      select json_build_object(
               'author_id', author_id, 'is_deleted', is_deleted, 'visibility', left(visibility, 64),
               'text', left(%2$s, %3$d), 'created_at', %4$s, 'updated_at', %5$s)::text
      from public.%1$s where id = ?
      """;

  private static final String USER =
      """
      select json_build_object(
               'is_active', is_active, 'is_verified', is_verified, 'username', left(username, %1$d),
               'display_name', left(display_name, %1$d), 'avatar_url', left(avatar_url, %1$d))::text
      from public.users where id = ?
      """
          .formatted(TextPrefix.OF_AUTHORS);

  /** In epoch microseconds; infinity beyond all times. */
  private static final String MICROS =
      """
      (case %1$s when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
            else least(extract(epoch from %1$s) * 1000000, 9223372036854775806) end)::bigint""";

  private static final Map<String, String> QUERIES =
      Map.of(
          "posts",
          document("posts", "content"),
          "reels",
          document("reels", "caption"),
          "users",
          USER);

  private static String document(String table, String text) {
    return DOCUMENT.formatted(
        table,
        text,
        TextPrefix.OF_TEXTS,
        MICROS.formatted("created_at"),
        MICROS.formatted("updated_at"));
  }

  /** Reads it; empty if it is gone. */
  static Optional<TableRow> read(Database source, Hole hole) throws SQLException {
    long id = id(hole.key());
    try (Connection connection = source.connect();
        PreparedStatement statement = connection.prepareStatement(QUERIES.get(hole.table()))) {
      statement.setLong(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new TableRow(id, tree(row.getString(1))))
            : Optional.empty();
      }
    }
  }

  private static long id(String key) {
    return tree(key).path("id").asLong();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("'%.80s' is not JSON".formatted(json), e);
    }
  }

  /** Whether it has more than was read of it, which is what surfaces get. */
  boolean isCut() {
    return List.of("text", "username", "display_name", "avatar_url").stream()
        .anyMatch(column -> TextPrefix.isCut(json.path(column).asText("")));
  }

  /** What the job search is told. */
  String message(Hole hole) {
    return JSON.createObjectNode()
        .put("job", "search")
        .put("action", "fill")
        .put("target", hole.table().substring(0, hole.table().length() - 1))
        .put("target_id", id)
        .put("version", hole.version())
        .<ObjectNode>set("row", json)
        .toString();
  }
}
