package com.shareuptime.streams.cli.search;

import com.shareuptime.streams.cli.job.Database;
import com.shareuptime.streams.cli.job.Settings;
import com.shareuptime.streams.local.stack.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The first index behind each alias that readers of search name, made as the search job's jar
 * describes it. Safe to repeat: an alias that is there is left alone.
 */
public final class SearchIndexes {
  private static final List<String> ALIASES = List.of("posts", "reels");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI url;
  private final Optional<String> authorization;
  private final Path jar;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private SearchIndexes(URI url, Optional<String> authorization, Path jar) {
    this.url = url;
    this.authorization = authorization;
    this.jar = jar;
  }

  /**
   * Those of the cluster that the settings name; empty if they name none.
   *
   * @param jar of the search job
   */
  public static Optional<SearchIndexes> of(Settings settings, Path jar) {
    return settings
        .get(Settings.OPENSEARCH_URL)
        .map(url -> new SearchIndexes(URI.create(url), authorization(settings), jar));
  }

  private static Optional<String> authorization(Settings settings) {
    return settings
        .get(Settings.OPENSEARCH_USER)
        .map(
            user ->
                user
                    + ":"
                    + Database.secret(
                        Settings.OPENSEARCH_PASSWORD_FILE,
                        Path.of(settings.demand(Settings.OPENSEARCH_PASSWORD_FILE))))
        .map(
            pair ->
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Returns what it made, a line each.
   *
   * @throws StackException if OpenSearch is away or refuses
   */
  public List<String> apply() {
    List<String> made = new ArrayList<>();
    try {
      for (String alias : ALIASES) {
        if (send("HEAD", "/_alias/" + alias, "").statusCode() == 404) {
          create(alias + "_v1", described(alias));
          made.add("created index " + alias + "_v1 behind the alias " + alias);
        }
      }
    } catch (IOException e) {
      throw StackException.unreachable(
          "OpenSearch at " + url + " cannot be reached: " + e,
          "Check ./streams status and the option opensearch.url.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while making the indexes", e);
    }
    return made;
  }

  private void create(String index, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send("PUT", "/" + index, body);
    if (answer.statusCode() >= 300) {
      throw StackException.wrong(
          "OpenSearch at %s does not make the index %s: %s".formatted(url, index, answer.body()),
          "Mend the cause and run ./streams migrate again: what is done is left alone.");
    }
  }

  private String described(String alias) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      ZipEntry entry = file.getEntry("opensearch/" + alias + ".json");
      try (InputStream json = file.getInputStream(entry)) {
        return new String(json.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
