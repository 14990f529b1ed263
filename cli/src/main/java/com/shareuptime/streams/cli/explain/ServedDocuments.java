package com.shareuptime.streams.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.IdJson;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The documents, as readers find them through their alias. */
record ServedDocuments(OpenSearch openSearch, IdKinds entities) {
  /** Beside the fields: for searches alone. */
  private static final List<String> NOT_FIELDS = List.of("hidden", "embedding");

  /** What counts are called, which come at a pace of their own. */
  private static final String COUNT = "_count";

  private static final List<String> TIMES = List.of("created_at", "updated_at");

  ServedCopy read(Target target) {
    String surface = "search." + target.type().table();
    String query =
        "{\"version\":true,\"query\":{\"term\":{\"id\":%s}}}".formatted(IdJson.node(target.id()));
    try {
      JsonNode hit = openSearch.hits(target.type().table(), query).path(0);
      if (hit.isMissingNode()) {
        return new ServedCopy(surface, null, 0, Map.of(), null);
      }
      JsonNode found = hit.path("_source");
      Counts counts =
          Counts.of(entities.counters(), counter -> found.path(counter.column()).asLong());
      return new ServedCopy(surface, counts, hit.path("_version").asLong(), flat(found), null);
    } catch (CommandException e) {
      return ServedCopy.away(surface, e.getMessage());
    }
  }

  /** By path, times in epoch microseconds. */
  static Map<String, String> flat(JsonNode document) {
    Map<String, String> fields = new TreeMap<>();
    add("", document, fields);
    return fields;
  }

  private static void add(String prefix, JsonNode object, Map<String, String> fields) {
    object
        .fields()
        .forEachRemaining(
            field -> {
              String name = prefix + field.getKey();
              JsonNode value = field.getValue();
              if (value.isObject()) {
                add(name + ".", value, fields);
              } else if (TIMES.contains(name) && value.isTextual()) {
                long micros = EpochMicros.of(Instant.parse(value.asText()));
                fields.put(name, Long.toString(micros));
              } else if (!NOT_FIELDS.contains(name) && !name.endsWith(COUNT)) {
                fields.put(name, value.asText());
              }
            });
  }
}
