package com.shareuptime.streams.cli.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.embedding.MiniLm;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Search by meaning on a real OpenSearch, with the index that the search job describes. */
@Timeout(300)
class MeaningSearchIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.now();
  private static final String QUESTION = "how to bake bread";
  private static final long PARAPHRASE = 1;
  private static final long SAME_WORDS = 2;
  private static final long WITHOUT_VECTOR = 3;
  private static final long HIDDEN = 4;
  private static final long PRIVATE = 5;
  private static final long UNRELATED = 6;

  @TempDir private static Path folder;

  private static Path config;
  private static Documents documents;
  private static MiniLm model;
  private static SearchServer server;

  private record Ended(int code, String out, String err) {
    JsonNode json() throws Exception {
      assertThat(code).as(err).isZero();
      return JSON.readTree(out);
    }

    List<Long> ids() throws Exception {
      List<Long> ids = new ArrayList<>();
      json().path("hits").forEach(hit -> ids.add(hit.path("id").asLong()));
      return ids;
    }
  }

  @BeforeAll
  static void fill() throws Exception {
    String url = LocalStack.shared(Set.of(Server.OPENSEARCH)).openSearchUrl();
    config = Files.writeString(folder.resolve("servers.yaml"), "opensearch.url: " + url + "\n");
    documents = new Documents(url);
    documents.create(Kind.POSTS);
    documents.create(Kind.REELS);
    model = new MiniLm(1);
    server = new SearchServer(new Settings(Map.of(AddressKeys.OPENSEARCH_URL, url)));
    documents.put(
        Kind.POSTS,
        embedded(post(PARAPHRASE, "baker", "Making your own sourdough loaf in the oven")));
    documents.put(
        Kind.POSTS, embedded(post(SAME_WORDS, "ayse", "She told me how to bake cookies")));
    documents.put(Kind.POSTS, post(WITHOUT_VECTOR, "ayse", "bread"));
    documents.put(Kind.POSTS, embedded(post(HIDDEN, "ayse", QUESTION)).put("hidden", true));
    documents.put(
        Kind.POSTS, embedded(post(PRIVATE, "ayse", QUESTION)).put("visibility", "private"));
    documents.put(
        Kind.POSTS, embedded(post(UNRELATED, "ayse", "The match ended two to one last night")));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static ObjectNode post(long id, String author, String text) {
    return Documents.document(Kind.POSTS, id, author, text, NOW.minus(Duration.ofDays(id)));
  }

  private static ObjectNode embedded(ObjectNode document) {
    ArrayNode vector = document.putArray("embedding");
    for (float number : model.embed(document.path("content").asText())) {
      vector.add(number);
    }
    return document;
  }

  private static Ended search(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(
            Stream.concat(
                    Stream.of("search", "--config", config.toString(), "--json"),
                    Stream.of(arguments))
                .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private static List<JsonNode> hits(JsonNode answer) {
    List<JsonNode> hits = new ArrayList<>();
    answer.path("hits").path("hits").forEach(hits::add);
    return hits;
  }

  @Test
  void aParaphraseIsFoundByMeaningAndNotByWords() throws Exception {
    SearchQuery query = SearchQuery.of(Sort.RELEVANCE, QUESTION, 10);

    assertThat(hits(server.search(Kind.POSTS, query.semantic(model.embed(QUESTION)))))
        .extracting(hit -> hit.path("_source").path("id").asLong())
        .startsWith(PARAPHRASE)
        .containsOnly(PARAPHRASE, SAME_WORDS, UNRELATED);
    assertThat(search(QUESTION, "--semantic").ids())
        .contains(PARAPHRASE, SAME_WORDS, WITHOUT_VECTOR)
        .doesNotContain(HIDDEN, PRIVATE);
    assertThat(search(QUESTION).ids()).contains(SAME_WORDS).doesNotContain(PARAPHRASE);
  }

  @Test
  void scoresOfBothAreOnOneScale() {
    SearchQuery query = SearchQuery.of(Sort.RELEVANCE, QUESTION, 10);
    List<JsonNode> hits = hits(server.search(Kind.POSTS, query.hybrid(model.embed(QUESTION))));

    assertThat(hits)
        .extracting(hit -> hit.path("_score").asDouble())
        .allMatch(score -> score >= 0 && score <= 1);
    assertThat(hits)
        .extracting(hit -> hit.path("_source").path("id").asLong())
        .element(0)
        .isIn(PARAPHRASE, SAME_WORDS);
    assertThat(hits.get(0).path("_source").has("embedding")).isFalse();
  }

  @Test
  void wordsAreMarkedAndWhatIsFoundByMeaningIsShown() throws Exception {
    JsonNode hits = search(QUESTION, "--semantic").json().path("hits");

    assertThat(hits)
        .extracting(hit -> hit.path("text").asText())
        .contains(
            "Making your own sourdough loaf in the oven",
            "She told me ⟦\0how\0⟧ ⟦\0to\0⟧ ⟦\0bake\0⟧ cookies",
            "⟦\0bread\0⟧");
  }

  @Test
  void facetsCountWhatIsFound() throws Exception {
    JsonNode found = search(QUESTION, "--semantic", "--size", "1").json();

    assertThat(found.path("hits")).hasSize(1);
    assertThat(found.path("total").asLong()).isEqualTo(4);
    assertThat(found.path("authors").path(0).path("username").asText()).isEqualTo("ayse");
    assertThat(found.path("authors").path(0).path("hits").asLong()).isEqualTo(3);
    assertThat(found.path("days")).hasSize(4);
    assertThat(found.has("next")).isFalse();
  }

  @Test
  void anAuthorAndQuotedWordsHoldForMeaningToo() throws Exception {
    assertThat(search(QUESTION, "--semantic", "--author", "@Baker").ids())
        .containsExactly(PARAPHRASE);
    assertThat(search("\"sourdough loaf\"", "--semantic").ids()).containsExactly(PARAPHRASE);
  }

  @Test
  void whatNobodyWouldAskForIsSearchedForAllTheSame() {
    for (String text :
        List.of("\"quoted\" \\ ${vector} $1 \n", "\u0000", "\ud83d", "😀".repeat(2_000), "⟦⟧")) {
      Ended ended = search(text, "--semantic", "--size", "3");
      assertThat(ended.code()).as("%s: %s", text, ended.err()).isZero();
    }
  }

  @Test
  void withoutVectorsWordsAreSearchedForAndItIsSaid() throws Exception {
    documents.put(Kind.REELS, Documents.document(Kind.REELS, 7, "ayse", "coffee beans", NOW));
    Ended ended = search("coffee", "--semantic", "--type", "reels");

    assertThat(ended.ids()).containsExactly(7L);
    assertThat(ended.err())
        .contains("No document of reels has a vector", "./streams submit embed")
        .contains("./streams upgrade search --set search.vectors=true");
    assertThat(search("bread", "--semantic").err()).isEmpty();
  }

  @Test
  void onlyTheFirstPageByRelevanceKnowsMeaning() {
    for (List<String> more :
        List.of(List.of("--sort", "hot"), List.of("--sort", "new"), List.of("--after", "x"))) {
      Ended ended =
          search(
              Stream.concat(Stream.of("coffee", "--semantic"), more.stream())
                  .toArray(String[]::new));
      assertThat(ended.code()).as("%s: %s", more, ended.err()).isEqualTo(CommandException.USAGE);
      assertThat(ended.err()).contains("--semantic does not go with " + more.get(0));
    }
    assertThat(search(" ", "--semantic").code()).isEqualTo(CommandException.USAGE);
  }
}
