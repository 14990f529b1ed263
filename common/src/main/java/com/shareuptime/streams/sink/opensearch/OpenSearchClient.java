package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.http.JsonClient;
import com.shareuptime.streams.option.OpenSearchAddress;
import java.io.IOException;
import java.time.Duration;

/** Asks a cluster, one question after the other. */
public final class OpenSearchClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OpenSearchAddress address;
  private final JsonClient client;

  public OpenSearchClient(OpenSearchAddress address) {
    this.address = address;
    this.client = new JsonClient("OpenSearch", address.http(), PATIENCE);
  }

  /**
   * The answer to a question.
   *
   * @throws IOException if the cluster is away, refuses, or could do only a part
   */
  public JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    JsonNode json = client.ask(method, path, body);
    if (isPartial(json)) {
      throw new IOException(
          "OpenSearch at %s could do only a part of %s %s: %.500s"
              .formatted(address.url(), method, path, json));
    }
    return json;
  }

  /** A bulk request with refused items, or a search without some of its shards. */
  private static boolean isPartial(JsonNode json) {
    return json.path("errors").asBoolean()
        || json.path("timed_out").asBoolean()
        || json.path("_shards").path("failed").asInt() > 0;
  }
}
