package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Documents in the real OpenSearch, behind the aliases, as the search job would write them. */
final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI url;

  Documents(String url) {
    this.url = URI.create(url);
  }

  /**
   * Makes the index of a type anew and empty, as the job's resources have it, and the only one
   * behind its alias.
   */
  void create(Kind kind) throws Exception {
    create(kind, "contract/src/main/resources/opensearch/" + kind.alias() + ".json");
  }

  /** The same, as another file of the repository has it. */
  void create(Kind kind, String description) throws Exception {
    send("DELETE", "/" + kind.alias() + "_v*", "");
    Path mapping = Installation.find().root().resolve(description);
    send("PUT", "/" + kind.alias() + "_v1", Files.readString(mapping));
  }

  void drop(Kind kind) throws Exception {
    send("DELETE", "/" + kind.alias() + "_v1?ignore_unavailable=true", "");
  }

  void put(Kind kind, ObjectNode document) throws Exception {
    send(
        "PUT",
        "/" + kind.alias() + "_v1/_doc/" + document.path("id").asLong() + "?refresh=true",
        document.toString());
  }

  /** A public document of an active author whom nobody has liked yet. */
  static ObjectNode document(Kind kind, long id, String author, String text, Instant createdAt) {
    ObjectNode document = JSON.createObjectNode().put("id", id).put("hidden", false);
    document
        .putObject("author")
        .put("id", Math.abs(author.hashCode()))
        .put("username", author)
        .put("display_name", author)
        .putNull("avatar_url")
        .put("is_verified", false);
    return document
        .put(kind.textField(), text)
        .put("visibility", "public")
        .put("likes_count", 0)
        .put("comments_count", 0)
        .put("shares_count", 0)
        .put("created_at", createdAt.toString())
        .put("updated_at", createdAt.toString());
  }

  private void send(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(method + " " + path + ": " + answer.body());
    }
  }
}
