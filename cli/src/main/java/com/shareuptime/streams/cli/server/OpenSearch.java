package com.shareuptime.streams.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The cluster with the documents, over REST. Failures say what to do. */
public final class OpenSearch {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NOT_FOUND = 404;

  private final URI url;
  private final Optional<String> authorization;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  private OpenSearch(URI url, Optional<String> authorization) {
    this.url = url;
    this.authorization = authorization;
  }

  /** One that asks nobody for a password. */
  public static OpenSearch at(String url) {
    return new OpenSearch(URI.create(url), Optional.empty());
  }

  /** The one that the settings name; empty if they name none. */
  public static Optional<OpenSearch> of(Settings settings) {
    return settings
        .get(AddressKeys.OPENSEARCH_URL)
        .map(url -> new OpenSearch(URI.create(url), authorization(settings)));
  }

  /**
   * The one that the settings name.
   *
   * @throws CommandException if they name none
   */
  public static OpenSearch required(Settings settings) {
    return new OpenSearch(
        URI.create(settings.require(AddressKeys.OPENSEARCH_URL)), authorization(settings));
  }

  public URI url() {
    return url;
  }

  private static Optional<String> authorization(Settings settings) {
    return settings
        .get(AddressKeys.OPENSEARCH_USER)
        .map(
            user ->
                user + ":" + Database.secret(AddressKeys.OPENSEARCH_PASSWORD_FILE, file(settings)))
        .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
        .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static Path file(Settings settings) {
    return Path.of(settings.require(AddressKeys.OPENSEARCH_PASSWORD_FILE));
  }

  /** Whether there is such a thing. */
  public boolean exists(String path) {
    return exchange("HEAD", path, "").statusCode() == 200;
  }

  /**
   * The answer to a request.
   *
   * @throws CommandException if the cluster is away or refuses
   */
  public JsonNode ask(String method, String path, String body) {
    return required(method, path, exchange(method, path, body));
  }

  /**
   * The answer to a request; empty if there is nothing at the path.
   *
   * @throws CommandException if the cluster is away or refuses
   */
  public Optional<JsonNode> askIfThere(String method, String path, String body) {
    HttpResponse<String> answer = exchange(method, path, body);
    return answer.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(required(method, path, answer));
  }

  private JsonNode required(String method, String path, HttpResponse<String> answer) {
    if (answer.statusCode() >= 300) {
      throw CommandException.wrong(
          "OpenSearch at %s answers %s %s with %d: %s"
              .formatted(url, method, path, answer.statusCode(), answer.body()),
          "Fix the cause and run the command again: it skips what is done.");
    }
    return json(answer.body());
  }

  /** Removes an index; one that is not there is fine. */
  public void drop(String index) {
    ask("DELETE", "/" + index + "?ignore_unavailable=true", "");
  }

  /** The index that an alias points to; empty if there is no such alias. */
  public Optional<String> behind(String alias) {
    return askIfThere("GET", "/_alias/" + alias, "").map(indexes -> indexes.fieldNames().next());
  }

  private HttpResponse<String> exchange(String method, String path, String body) {
    return exchange(method, path, body, PATIENCE);
  }

  /** The answer, whatever its status is. */
  public HttpResponse<String> exchange(String method, String path, String body, Duration patience) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw CommandException.unreachable(
          "OpenSearch at " + url + " cannot be reached: " + e,
          "Check ./streams status and the option opensearch.url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while waiting.", "Run the command again.", e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("OpenSearch wrote JSON that cannot be read: " + text, e);
    }
  }
}
