package com.shareuptime.streams.proof.bench.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.contract.EpochMicros;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** An index or alias as a bare client sees it. */
final class Index {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String name;

  Index(String url, String name) {
    this.url = URI.create(url);
    this.name = name;
  }

  /** How many documents a search finds. */
  long count() {
    return ask("GET", "/_count", new byte[0]).path("count").asLong();
  }

  /** Posts as a search finds them; what it does not find is missing. */
  Map<Long, JsonNode> found(Collection<Long> ids) {
    byte[] query =
        "{\"size\":%d,\"query\":{\"terms\":{\"id\":%s}}}"
            .formatted(ids.size(), ids)
            .getBytes(UTF_8);
    Map<Long, JsonNode> found = new HashMap<>();
    for (JsonNode hit : ask("POST", "/_search", query).path("hits").path("hits")) {
      found.put(hit.path("_source").path("id").asLong(), hit.path("_source"));
    }
    return found;
  }

  /** When posts were updated, epoch microseconds, as a search finds them: as cheap as it can be. */
  Map<Long, Long> updates(Collection<Long> ids) {
    byte[] query =
        ("{\"size\":%d,\"query\":{\"constant_score\":{\"filter\":{\"terms\":{\"id\":%s}}}},\"_source\":false,"
                + "\"track_total_hits\":false,\"stored_fields\":\"_none_\","
                + "\"docvalue_fields\":[\"id\",{\"field\":\"updated_at\",\"format\":\"strict_date_optional_time_nanos\"}]}")
            .formatted(ids.size(), ids)
            .getBytes(UTF_8);
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
    ask("PUT", "", settings);
  }

  /** Every item must be taken. */
  void bulk(byte[] body) {
    JsonNode answer = ask("POST", "/_bulk?filter_path=errors", body);
    if (answer.path("errors").asBoolean(true)) {
      throw new IllegalStateException("OpenSearch has not taken all of a bulk request");
    }
  }

  void refresh() {
    ask("POST", "/_refresh", new byte[0]);
  }

  void drop() {
    ask("DELETE", "", new byte[0]);
  }

  private JsonNode ask(String method, String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/" + name + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "OpenSearch answers %s %s%s with %d: %.500s"
                .formatted(
                    method, name, path, answer.statusCode(), new String(answer.body(), UTF_8)));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException("OpenSearch at " + url + " cannot be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while OpenSearch was asked", e);
    }
  }
}
