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

/** An index as a whole: what it holds, and what should never have been in it. */
public final class IndexAdmin {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAGE = 5_000;

  private final OpenSearchAddress address;
  private final String index;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  public IndexAdmin(OpenSearchAddress address, String index) {
    this.address = address;
    this.index = index;
  }

  /** Is told of each document: the name under which it is kept, and its version. */
  @FunctionalInterface
  public interface Seen {
    void document(String name, long version) throws IOException, InterruptedException;
  }

  /**
   * Lists all documents, also those that no alias shows.
   *
   * @throws IOException if the cluster is away, or there is no such index
   */
  public void list(Seen seen) throws IOException, InterruptedException {
    ask("POST", "/" + index + "/_refresh", "");
    JsonNode page =
        ask(
            "POST",
            "/" + index + "/_search?scroll=2m",
            "{\"size\":%d,\"_source\":false,\"version\":true,\"sort\":[\"_doc\"]}".formatted(PAGE));
    while (!page.path("hits").path("hits").isEmpty()) {
      for (JsonNode hit : page.path("hits").path("hits")) {
        seen.document(hit.path("_id").asText(), hit.path("_version").asLong());
      }
      page =
          ask(
              "POST",
              "/_search/scroll",
              JSON.createObjectNode()
                  .put("scroll", "2m")
                  .put("scroll_id", page.path("_scroll_id").asText())
                  .toString());
    }
    ask(
        "DELETE",
        "/_search/scroll",
        JSON.createObjectNode().put("scroll_id", page.path("_scroll_id").asText()).toString());
  }

  /** Removes documents, and their versions at once, which else would be remembered for a minute. */
  public void forget(Iterable<String> names) throws IOException, InterruptedException {
    StringBuilder bulk = new StringBuilder();
    for (String name : names) {
      var item = JSON.createObjectNode();
      item.putObject("delete").put("_index", index).put("_id", name);
      bulk.append(item).append('\n');
    }
    setting("\"0s\"");
    ask("POST", "/_bulk", bulk.toString());
    ask("POST", "/" + index + "/_refresh", "");
    setting("null");
  }

  private void setting(String gcDeletes) throws IOException, InterruptedException {
    ask("PUT", "/" + index + "/_settings", "{\"index.gc_deletes\":" + gcDeletes + "}");
  }

  private JsonNode ask(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url().resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    address.authorization().ifPresent(basic -> request.header("Authorization", basic));
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    JsonNode json = JSON.readTree(answer.body());
    if (answer.statusCode() >= 300 || json.path("errors").asBoolean()) {
      throw new IOException(
          "OpenSearch at %s answers %s %s with %d: %.500s"
              .formatted(address.url(), method, path, answer.statusCode(), json));
    }
    return json;
  }
}
