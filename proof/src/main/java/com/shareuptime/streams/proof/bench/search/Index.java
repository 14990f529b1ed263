package com.shareuptime.streams.proof.bench.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.HttpServerException;
import com.shareuptime.streams.contract.http.JsonClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** An index or alias as a bare client sees it. */
final class Index {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final JsonClient client;
  private final String name;

  Index(String url, String name) {
    this.client = new JsonClient("OpenSearch", HttpAddress.of(url), PATIENCE);
    this.name = name;
  }

  /** How many documents a search finds. */
  long count() {
    return ask("GET", "/_count", "").path("count").asLong();
  }

  /** Posts as a search finds them; what it does not find is missing. */
  Map<Long, JsonNode> found(Collection<Long> ids) {
    String query = "{\"size\":%d,\"query\":{\"terms\":{\"id\":%s}}}".formatted(ids.size(), ids);
    Map<Long, JsonNode> found = new HashMap<>();
    for (JsonNode hit : ask("POST", "/_search", query).path("hits").path("hits")) {
      found.put(hit.path("_source").path("id").asLong(), hit.path("_source"));
    }
    return found;
  }

  /** When posts were updated, epoch microseconds, as a search finds them: as cheap as it can be. */
  Map<Long, Long> updates(Collection<Long> ids) {
    String query =
        ("{\"size\":%d,\"query\":{\"constant_score\":{\"filter\":{\"terms\":{\"id\":%s}}}},\"_source\":false,"
                + "\"track_total_hits\":false,\"stored_fields\":\"_none_\","
                + "\"docvalue_fields\":[\"id\",{\"field\":\"updated_at\",\"format\":\"strict_date_optional_time_nanos\"}]}")
            .formatted(ids.size(), ids);
    Map<Long, Long> updates = new HashMap<>();
    for (JsonNode hit : ask("POST", "/_search", query).path("hits").path("hits")) {
      JsonNode fields = hit.path("fields");
      Instant updated = Instant.parse(fields.path("updated_at").path(0).asText());
      updates.put(fields.path("id").path(0).asLong(), EpochMicros.of(updated));
    }
    return updates;
  }

  /**
   * @param settings and mappings
   */
  void create(byte[] settings) {
    ask("PUT", "", BodyPublishers.ofByteArray(settings));
  }

  /** Every item must be taken. */
  void bulk(byte[] body) {
    JsonNode answer = ask("POST", "/_bulk?filter_path=errors", BodyPublishers.ofByteArray(body));
    if (answer.path("errors").asBoolean(true)) {
      throw new IllegalStateException("OpenSearch has not taken all of a bulk request");
    }
  }

  void refresh() {
    ask("POST", "/_refresh", "");
  }

  void drop() {
    ask("DELETE", "", "");
  }

  private JsonNode ask(String method, String path, String body) {
    return ask(method, path, BodyPublishers.ofString(body));
  }

  private JsonNode ask(String method, String path, BodyPublisher body) {
    try {
      return client.ask(method, "/" + name + path, "application/json", body);
    } catch (HttpServerException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while OpenSearch was asked", e);
    }
  }
}
