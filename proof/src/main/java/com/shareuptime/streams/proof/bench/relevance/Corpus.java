package com.shareuptime.streams.proof.bench.relevance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.JsonClient;
import com.shareuptime.streams.embedding.MiniLm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The posts of a judged set in OpenSearch with their vectors, in an index as the search job
 * describes it.
 */
final class Corpus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final JsonClient client;
  private final MiniLm model;

  Corpus(String url, MiniLm model) {
    this.client = new JsonClient("OpenSearch", HttpAddress.of(url), PATIENCE);
    this.model = model;
  }

  /** Makes the index anew and fills it. */
  void load(List<JudgedSet.Post> posts) throws IOException, InterruptedException {
    Path mapping =
        Installation.find().root().resolve("contract/src/main/resources/opensearch/posts.json");
    JsonNode unused = client.ask("DELETE", "/posts_v1?ignore_unavailable=true", "");
    unused = client.ask("PUT", "/posts_v1", Files.readString(mapping));
    StringBuilder bulk = new StringBuilder();
    for (JudgedSet.Post post : posts) {
      ObjectNode action = JSON.createObjectNode();
      action.putObject("index").put("_id", Long.toString(post.id()));
      bulk.append(action).append('\n').append(document(post)).append('\n');
    }
    JsonNode answer = client.ask("POST", "/posts_v1/_bulk?refresh=true", bulk.toString());
    if (answer.path("errors").asBoolean(true)) {
      throw new IOException("not every post was indexed: " + answer);
    }
  }

  private ObjectNode document(JudgedSet.Post post) {
    ObjectNode document = JSON.createObjectNode().put("id", post.id()).put("hidden", false);
    document
        .putObject("author")
        .put("id", post.id() % 50)
        .put("username", "user" + post.id() % 50)
        .put("display_name", "User " + post.id() % 50)
        .putNull("avatar_url")
        .put("is_verified", false);
    ArrayNode vector = document.putArray("embedding");
    for (float number : model.embed(post.text())) {
      vector.add(number);
    }
    String createdAt = FIRST.plusSeconds(post.id()).toString();
    return document
        .put("content", post.text())
        .put("visibility", "public")
        .put("likes_count", 0)
        .put("comments_count", 0)
        .put("shares_count", 0)
        .put("created_at", createdAt)
        .put("updated_at", createdAt);
  }
}
