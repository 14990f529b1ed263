package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.server.OpenSearch;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;

/** OpenSearch as readers know it: two aliases that can be searched. For all threads. */
public final class SearchServer {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OpenSearch cluster;

  /** The one that the settings name. */
  public SearchServer(Settings settings) {
    cluster = OpenSearch.required(settings, PATIENCE);
  }

  /**
   * The whole answer of OpenSearch.
   *
   * @throws CommandException if there is none, or it says that the search was not done
   */
  public JsonNode search(Kind kind, JsonNode body) {
    HttpAnswer answer = cluster.exchange("POST", "/" + kind.alias() + "/_search", body.toString());
    if (!answer.isGood()) {
      throw refusal(kind, answer);
    }
    try {
      return answer.json();
    } catch (IOException e) {
      throw CommandException.unreachable(
          "What answers does not look like " + cluster + ": " + e.getMessage(),
          "Check the option opensearch.url.",
          e);
    }
  }

  /** Whether any document that readers may be shown has a vector, by which its meaning is found. */
  public boolean hasVectors(Kind kind) {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("size", 0).put("terminate_after", 1);
    body.putObject("query").putObject("exists").put("field", "embedding");
    return search(kind, body).path("hits").path("total").path("value").asLong() > 0;
  }

  private CommandException refusal(Kind kind, HttpAnswer answer) {
    String what = cluster + " answers " + answer.status();
    return switch (answer.status()) {
      case 404 ->
          CommandException.unreachable(
              cluster + " has no alias " + kind.alias() + ".",
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
              what + ": " + answer.text(),
              "Check that the index has the mapping of this version: ./streams doctor.");
    };
  }
}
