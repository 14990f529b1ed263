package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** OpenSearch as readers know it: two aliases that can be searched. For all threads. */
public final class SearchServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OpenSearch cluster;

  /** The one that the settings name. */
  public SearchServer(Settings settings) {
    cluster = OpenSearch.required(settings);
  }

  /**
   * The whole answer of OpenSearch.
   *
   * @throws CommandException if there is none, or it says that the search was not done
   */
  public JsonNode search(Kind kind, JsonNode body) {
    HttpResponse<String> answer =
        cluster.exchange("POST", "/" + kind.alias() + "/_search", body.toString(), PATIENCE);
    try {
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body());
      }
    } catch (IOException e) {
      throw CommandException.unreachable(
          "What answers at " + cluster.url() + " does not look like OpenSearch: " + e.getMessage(),
          "Check the option opensearch.url.",
          e);
    }
    throw refusal(kind, answer);
  }

  /** Whether any document that readers may be shown has a vector, by which its meaning is found. */
  public boolean hasVectors(Kind kind) {
    ObjectNode body = JSON.createObjectNode().put("size", 0).put("terminate_after", 1);
    body.putObject("query").putObject("exists").put("field", "embedding");
    return search(kind, body).path("hits").path("total").path("value").asLong() > 0;
  }

  private CommandException refusal(Kind kind, HttpResponse<String> answer) {
    String what = "OpenSearch at %s answers %d".formatted(cluster.url(), answer.statusCode());
    return switch (answer.statusCode()) {
      case 404 ->
          CommandException.unreachable(
              "OpenSearch at " + cluster.url() + " has no alias " + kind.alias() + ".",
              "Make it: ./streams migrate. The search job fills it.");
      case 401, 403 ->
          CommandException.unreachable(
              what + ": this user may not search " + kind.alias() + ".",
              "Check the options opensearch.user and opensearch.password-file.");
      case 429, 503 ->
          CommandException.unreachable(
              what + ": it is overloaded, or not up yet.",
              "Try again in some seconds, and check ./streams status.");
      default ->
          CommandException.wrong(
              what + ": " + answer.body(),
              "Check that the index has the mapping of this version: ./streams doctor.");
    };
  }
}
