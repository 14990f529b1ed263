package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The documents that searches should find by SQL over the model's views, when nothing writes to the
 * tables; times in epoch µs.
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
      from streams_model.%1$s d
      join streams_model.users u on u.id = d.author_id
      where not d.is_deleted and u.is_active
      """;

  private SearchTruth() {}

  static Map<Id, JsonNode> read(Handle handle, IdKinds kinds, Target.Type type) {
    Truth counts = Truth.read(handle, kinds);
    String query =
        DOCUMENTS.formatted(
            type.table(),
            type.textColumn(),
            Truth.micros("d.created_at"),
            Truth.micros("d.updated_at"));
    return handle
        .select(query)
        .map(
            (row, context) -> {
              Id id = Id.ofSql(row.getObject(1));
              Counts of = counts.existing().getOrDefault(new Target(type, id), Counts.ZERO);
              return Map.entry(id, document(row.getString(2), of, kinds.countersOf(type)));
            })
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static JsonNode document(String json, Counts counts, List<CountedView> counters) {
    try {
      ObjectNode document = JSON.readValue(json, ObjectNode.class);
      counters.forEach(counter -> document.put(counter.name() + "_count", counts.of(counter)));
      return document;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Postgres wrote JSON that cannot be read", e);
    }
  }
}
