package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.local.stack.StackException;
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

/** OpenSearch as readers know it: two aliases that can be searched. For all threads. */
public final class SearchServer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI url;
  private final Optional<String> authorization;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** The one that the settings name. */
  public SearchServer(Settings settings) {
    url = URI.create(settings.demand(Settings.OPENSEARCH_URL));
    authorization = settings.get(Settings.OPENSEARCH_USER).map(user -> basic(user, settings));
  }

  private static String basic(String user, Settings settings) {
    Path file = Path.of(settings.demand(Settings.OPENSEARCH_PASSWORD_FILE));
    String pair = user + ":" + Database.secret(Settings.OPENSEARCH_PASSWORD_FILE, file);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The whole answer of OpenSearch.
   *
   * @throws StackException if there is none, or it says that the search was not done
   */
  public JsonNode search(Kind kind, JsonNode body) {
    HttpResponse<byte[]> answer = send("/" + kind.alias() + "/_search", body.toString());
    try {
      if (answer.statusCode() == 200) {
        return JSON.readTree(answer.body());
      }
    } catch (IOException e) {
      throw StackException.unreachable(
          "What answers at " + url + " does not look like OpenSearch: " + e.getMessage(),
          "Check the option opensearch.url.",
          e);
    }
    throw refusal(kind, answer);
  }

  private StackException refusal(Kind kind, HttpResponse<byte[]> answer) {
    String what = "OpenSearch at %s answers %d".formatted(url, answer.statusCode());
    return switch (answer.statusCode()) {
      case 404 ->
          StackException.unreachable(
              "OpenSearch at " + url + " has no alias " + kind.alias() + ".",
              "Make it: ./streams migrate. The search job fills it.");
      case 401, 403 ->
          StackException.unreachable(
              what + ": this user may not search " + kind.alias() + ".",
              "Check the options opensearch.user and opensearch.password-file.");
      case 429, 503 ->
          StackException.unreachable(
              what + ": it is overloaded, or not up yet.",
              "Try again in some seconds, and check ./streams status.");
      default ->
          StackException.wrong(
              what + ": " + new String(answer.body(), StandardCharsets.UTF_8),
              "Check that the index has the mapping of this version: ./streams doctor.");
    };
  }

  private HttpResponse<byte[]> send(String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw StackException.unreachable(
          "OpenSearch at " + url + " cannot be reached: " + e,
          "Check ./streams status and the option opensearch.url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while searching", e);
    }
  }
}
