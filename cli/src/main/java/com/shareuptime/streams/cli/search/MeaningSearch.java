package com.shareuptime.streams.cli.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches an alias by what a text means, alone or together with its words. The requests are the
 * resources {@code search/semantic.json} and {@code search/hybrid.json}, for any client to send.
 *
 * <p>Together: scores of both halves are brought to 0 to 1 and summed with weights by OpenSearch
 * (plugin neural-search). A document without a vector can be found by its words only. Only public
 * documents are found.
 */
public final class MeaningSearch {
  /** A document that was found, best first. */
  public record Hit(long id, double score, JsonNode document) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How many each half finds before they are put together: at least what is shown. */
  private static final int CANDIDATES = 100;

  private final URI url;
  private final HttpClient client;

  /**
   * @param url of OpenSearch
   */
  public MeaningSearch(URI url, HttpClient client) {
    this.url = url;
    this.client = client;
  }

  /**
   * By meaning alone.
   *
   * @param alias {@code posts} or {@code reels}
   * @param vector of the text, by the model that the documents' vectors are of
   * @throws IOException if OpenSearch is away or refuses, with its words
   */
  public List<Hit> semantic(String alias, float[] vector, int size)
      throws IOException, InterruptedException {
    return search(alias, "semantic.json", "", vector, size);
  }

  /**
   * By words and meaning.
   *
   * @param alias {@code posts} or {@code reels}
   * @param vector of the text, by the model that the documents' vectors are of
   * @throws IOException if OpenSearch is away or refuses, with its words
   */
  public List<Hit> hybrid(String alias, String text, float[] vector, int size)
      throws IOException, InterruptedException {
    return search(alias, "hybrid.json", text, vector, size);
  }

  private List<Hit> search(String alias, String name, String text, float[] vector, int size)
      throws IOException, InterruptedException {
    String request =
        template(name)
            .replace("{{size}}", Integer.toString(size))
            .replace("{{candidates}}", Integer.toString(Math.max(size, CANDIDATES)))
            .replace("{{field}}", alias.equals("reels") ? "caption" : "content")
            .replace("{{vector}}", JSON.writeValueAsString(vector))
            .replace("{{text}}", JSON.writeValueAsString(text)); // last: it may hold anything
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(url.resolve("/" + alias + "/_search"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request))
                .build(),
            BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "OpenSearch at %s does not search %s: %s"
              .formatted(url, alias, new String(answer.body(), StandardCharsets.UTF_8)));
    }
    List<Hit> hits = new ArrayList<>();
    for (JsonNode hit : JSON.readTree(answer.body()).path("hits").path("hits")) {
      JsonNode document = hit.path("_source");
      hits.add(new Hit(document.path("id").asLong(), hit.path("_score").asDouble(), document));
    }
    return hits;
  }

  private static String template(String name) throws IOException {
    try (InputStream file = MeaningSearch.class.getResourceAsStream("/search/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
