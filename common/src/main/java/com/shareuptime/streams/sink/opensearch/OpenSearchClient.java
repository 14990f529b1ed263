package com.shareuptime.streams.sink.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.option.OpenSearchAddress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a cluster, one question after the other. */
public final class OpenSearchClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OpenSearchAddress address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public OpenSearchClient(OpenSearchAddress address) {
    this.address = address;
  }

  /**
   * The answer to a question.
   *
   * @throws IOException if the cluster is away, refuses, or could do only a part
   */
  public JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url().resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    address.authorization().ifPresent(basic -> request.header("Authorization", basic));
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    JsonNode json = JSON.readTree(answer.body());
    if (answer.statusCode() >= 300 || isPartial(json)) {
      throw new IOException(
          "OpenSearch at %s answers %s %s with %d: %.500s"
              .formatted(address.url(), method, path, answer.statusCode(), json));
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
