package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The requests on a real OpenSearch, with the index that the search job describes. */
class MeaningSearchIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "how to bake bread";
  private static final long PARAPHRASE = 1;
  private static final long SAME_WORDS = 2;
  private static final long WITHOUT_VECTOR = 3;
  private static final long HIDDEN = 4;
  private static final long PRIVATE = 5;
  private static final long UNRELATED = 6;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static URI url;
  private static MiniLm model;
  private static MeaningSearch search;

  @BeforeAll
  static void fill() throws Exception {
    url = URI.create(LocalStack.shared(Set.of(Server.OPENSEARCH)).openSearchUrl());
    model = new MiniLm(1);
    search = new MeaningSearch(url, CLIENT);
    send("DELETE", "/posts_meaning?ignore_unavailable=true", "");
    send(
        "PUT",
        "/posts_meaning",
        Files.readString(Path.of("../jobs/search/src/main/resources/opensearch/posts.json")));
    put(PARAPHRASE, "Making your own sourdough loaf in the oven", true, false, "public");
    put(SAME_WORDS, "She told me how to bake cookies", true, false, "public");
    put(WITHOUT_VECTOR, "bread", false, false, "public");
    put(HIDDEN, QUESTION, true, true, "public");
    put(PRIVATE, QUESTION, true, false, "private");
    put(UNRELATED, "The match ended two to one last night", true, false, "public");
  }

  @AfterAll
  static void close() throws Exception {
    send("DELETE", "/posts_meaning", "");
    model.close();
  }

  private static void put(long id, String text, boolean vector, boolean hidden, String visibility)
      throws Exception {
    Map<String, Object> document =
        new TreeMap<>(
            Map.of("id", id, "hidden", hidden, "content", text, "visibility", visibility));
    if (vector) {
      document.put("embedding", model.embed(text));
    }
    send("PUT", "/posts_meaning/_doc/" + id + "?refresh=true", JSON.writeValueAsString(document));
  }

  private static String send(String method, String path, String body) throws Exception {
    var answer =
        CLIENT.send(
            HttpRequest.newBuilder(url.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return answer.body();
  }

  private static List<Long> ids(List<MeaningSearch.Hit> hits) {
    return hits.stream().map(MeaningSearch.Hit::id).toList();
  }

  @Test
  void aParaphraseIsFoundByMeaningAndNotByWords() throws Exception {
    float[] vector = model.embed(QUESTION);

    assertThat(ids(search.semantic("posts", vector, 10)))
        .startsWith(PARAPHRASE)
        .containsOnly(PARAPHRASE, SAME_WORDS, UNRELATED);
    assertThat(ids(search.hybrid("posts", QUESTION, vector, 10)))
        .contains(PARAPHRASE, SAME_WORDS, WITHOUT_VECTOR)
        .doesNotContain(HIDDEN, PRIVATE);
    assertThat(
            send(
                "POST",
                "/posts/_search",
                "{\"query\":{\"match\":{\"content\":\"" + QUESTION + "\"}}}"))
        .doesNotContain("sourdough")
        .contains("cookies");
  }

  @Test
  void scoresOfBothAreOnOneScale() throws Exception {
    var hits = search.hybrid("posts", QUESTION, model.embed(QUESTION), 10);

    assertThat(hits).allMatch(hit -> hit.score() >= 0 && hit.score() <= 1);
    assertThat(ids(hits).indexOf(PARAPHRASE)).isLessThan(2);
    assertThat(hits.get(0).document().has("embedding")).isFalse();
  }

  @Test
  void whatNobodyWouldAskForIsSearchedForAllTheSame() throws Exception {
    String text = "\"quoted\" \\ {{vector}} $1 \n";

    assertThat(search.hybrid("posts", text, model.embed(text), 3)).hasSizeLessThanOrEqualTo(3);
  }
}
