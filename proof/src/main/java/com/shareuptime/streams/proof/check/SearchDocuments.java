package com.shareuptime.streams.proof.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All documents that searches of an alias find, page by page; times in epoch µs. */
final class SearchDocuments {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final JsonClient client;
  private final IdKinds kinds;

  SearchDocuments(String url, IdKinds kinds) {
    this.kinds = kinds;
    this.client = new JsonClient("OpenSearch", HttpAddress.of(url), PATIENCE);
  }

  /**
   * @throws SurfaceAwayException while OpenSearch does not answer
   */
  Map<Id, JsonNode> readAll(Target.Type type) {
    Map<Id, JsonNode> documents = new TreeMap<>();
    JsonNode last = null;
    while (true) {
      JsonNode hits = page(type.table(), last).path("hits").path("hits");
      for (JsonNode hit : hits) {
        ObjectNode document = (ObjectNode) hit.path("_source");
        last = hit.path("sort");
        documents.put(kinds.of(type).parse(hit.path("_id").asText()), asTruth(document));
      }
      if (hits.size() < PAGE) {
        return documents;
      }
    }
  }

  /** The visibility of those of these documents that a search finds. */
  Map<Id, String> visibilities(Target.Type type, Collection<Id> ids) {
    ObjectNode query = JSON.createObjectNode().put("size", ids.size());
    query.putArray("_source").add("visibility");
    ArrayNode values = query.putObject("query").putObject("ids").putArray("values");
    ids.forEach(id -> values.add(id.toString()));
    Map<Id, String> visibilities = new HashMap<>();
    for (JsonNode hit : search(type.table(), query.toString()).path("hits").path("hits")) {
      visibilities.put(
          kinds.of(type).parse(hit.path("_id").asText()),
          hit.path("_source").path("visibility").asText());
    }
    return visibilities;
  }

  /** As {@link SearchTruth} has it: without what is for the alias alone. */
  private static JsonNode asTruth(ObjectNode document) {
    document.remove("hidden");
    for (String time : List.of("created_at", "updated_at")) {
      if (document.hasNonNull(time)) {
        document.put(time, EpochMicros.of(Instant.parse(document.path(time).asText())));
      } else {
        document.putNull(time);
      }
    }
    return document;
  }

  private JsonNode page(String alias, JsonNode after) {
    String query =
        "{\"size\":%d,\"sort\":[{\"id\":\"asc\"}]%s}"
            .formatted(PAGE, after == null ? "" : ",\"search_after\":" + after);
    return search(alias, query);
  }

  private JsonNode search(String alias, String query) {
    try {
      return client.ask("POST", "/" + alias + "/_search", query);
    } catch (IOException e) {
      throw new SurfaceAwayException("OpenSearch", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
