package com.shareuptime.streams.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.http.HttpAddress;
import com.shareuptime.streams.contract.http.HttpAnswer;
import com.shareuptime.streams.contract.http.HttpServerException;
import com.shareuptime.streams.contract.http.JsonClient;
import java.time.Duration;
import java.util.Optional;

/** The cluster with the documents, over REST. Failures say what to do. */
public final class OpenSearch {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JsonClient client;

  private OpenSearch(HttpAddress address, Duration patience) {
    this.client = new JsonClient("OpenSearch", address, patience);
  }

  /** One that asks nobody for a password. */
  public static OpenSearch at(String url) {
    return new OpenSearch(HttpAddress.of(url), PATIENCE);
  }

  /** The one that the settings name; empty if they name none. */
  public static Optional<OpenSearch> of(Settings settings) {
    return settings
        .get(AddressKeys.OPENSEARCH_URL)
        .map(url -> new OpenSearch(address(url, settings), PATIENCE));
  }

  /**
   * The one that the settings name.
   *
   * @throws CommandException if they name none
   */
  public static OpenSearch required(Settings settings) {
    return required(settings, PATIENCE);
  }

  /**
   * The same.
   *
   * @param patience for an answer
   * @throws CommandException if they name none
   */
  public static OpenSearch required(Settings settings, Duration patience) {
    return new OpenSearch(
        address(settings.require(AddressKeys.OPENSEARCH_URL), settings), patience);
  }

  private static HttpAddress address(String url, Settings settings) {
    Optional<String> user = settings.get(AddressKeys.OPENSEARCH_USER);
    user.ifPresent(any -> settings.require(AddressKeys.OPENSEARCH_PASSWORD_FILE));
    String password = settings.secret(AddressKeys.OPENSEARCH_PASSWORD_FILE).orElse("");
    try {
      return HttpAddress.of(url, user, () -> password);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "The setting " + AddressKeys.OPENSEARCH_URL + " is no address: " + e.getMessage() + ".",
          "Name the user in %s and a file with the password in %s."
              .formatted(AddressKeys.OPENSEARCH_USER, AddressKeys.OPENSEARCH_PASSWORD_FILE));
    }
  }

  /** Where it is, for messages. */
  @Override
  public String toString() {
    return "OpenSearch at " + client.address();
  }

  /** Whether there is such a thing. */
  public boolean exists(String path) {
    return exchange("HEAD", path, "").status() == 200;
  }

  /**
   * The answer to a request.
   *
   * @throws CommandException if the cluster is away or refuses
   */
  public JsonNode ask(String method, String path, String body) {
    return asking(() -> client.ask(method, path, body));
  }

  /** The same of what may not be there: then it is empty. */
  public Optional<JsonNode> askIfThere(String method, String path, String body) {
    return asking(() -> client.askIfThere(method, path, body));
  }

  /**
   * What a search finds.
   *
   * @param index or alias; may end with parameters
   */
  public JsonNode hits(String index, String query) {
    String path = "/" + index.replaceFirst("(\\?|$)", "/_search$1");
    return ask("POST", path, query).path("hits").path("hits");
  }

  /** Removes an index; one that is not there is fine. */
  public void drop(String index) {
    ask("DELETE", "/" + index + "?ignore_unavailable=true", "");
  }

  /** The index that an alias points to; empty if there is no such alias. */
  public Optional<String> behind(String alias) {
    return askIfThere("GET", "/_alias/" + alias, "").map(indexes -> indexes.fieldNames().next());
  }

  /** The answer, whatever its status is. */
  public HttpAnswer exchange(String method, String path, String body) {
    return asking(() -> client.exchange(method, path, body));
  }

  private interface Question<T> {
    T ask() throws HttpServerException, InterruptedException;
  }

  private static <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (HttpServerException e) {
      throw e.refusal().isPresent()
          ? CommandException.wrong(
              e.getMessage(), "Fix the cause and run the command again: it skips what is done.")
          : CommandException.unreachable(
              e.getMessage(), "Check ./streams status and the option opensearch.url.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.unreachable("Interrupted while waiting.", "Run the command again.", e);
    }
  }
}
