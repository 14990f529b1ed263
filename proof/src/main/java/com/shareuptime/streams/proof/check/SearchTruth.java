package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/**
 * The documents that searches should find by SQL over the product's tables, when nothing writes to
 * them; times in epoch µs.
 */
final class SearchTruth {
  /** A small number is the same as a large one. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private static final String DOCUMENTS =
      """
      select d.id, jsonb_build_object(
               'id', d.id,
               'author', jsonb_build_object('id', u.id, 'username', u.username,
                 'display_name', u.display_name, 'avatar_url', u.avatar_url,
                 'is_verified', u.is_verified),
               '%2$s', d.%2$s,
               'visibility', d.visibility,
               'created_at', %3$s,
               'updated_at', %4$s)
      from public.%1$s d
      join public.users u on u.id = d.author_id
      where not d.is_deleted and u.is_active
      """;

  private SearchTruth() {}

  static Map<Long, JsonNode> read(Connection connection, Target.Type type) throws SQLException {
    Truth counts = Truth.read(connection);
    String query =
        DOCUMENTS.formatted(
            type.table(),
            type.textColumn(),
            Truth.micros("d.created_at"),
            Truth.micros("d.updated_at"));
    Map<Long, JsonNode> documents = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        long id = row.getLong(1);
        Counts of = counts.existing().getOrDefault(new Target(type, id), Counts.ZERO);
        ObjectNode document = JSON.readValue(row.getString(2), ObjectNode.class);
        CounterKind.ALL.forEach(kind -> document.put(kind.column(), of.of(kind)));
        documents.put(id, document);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
    return documents;
  }
}
