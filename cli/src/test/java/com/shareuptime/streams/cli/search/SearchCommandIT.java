package com.shareuptime.streams.cli.search;

import static com.shareuptime.streams.cli.search.Documents.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The command, and the package for Node beside it, against a real OpenSearch. */
@Timeout(300)
class SearchCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "",
          "   ",
          "\t\n\u0000",
          "+ - | * ~ ( ) : ^ / \\ && || !",
          "\"unbalanced quote",
          "\"\"\"",
          "\"a\" \"b\" \"",
          "AND OR NOT TO [ } {",
          "content:* OR _exists_:hidden",
          "{\"match_all\":{}}",
          "${match}",
          "⟦⟧",
          "😀".repeat(2_000),
          "\ud83d",
          "a ".repeat(5_000),
          "#a#b".repeat(2_500),
          "abcd1 abcd2 abcd3 ".repeat(500),
          "\"" + "abcde f ".repeat(1_000) + "\"",
          "x".repeat(10_000),
          "صباح الخير 早上好 Доброе утро",
          "今日は天気がいいから散歩しましょう".repeat(100),
          "\"" + "วันนี้อากาศดีมาก".repeat(50) + "\" 天",
          "\ue000 天\ue000気",
          "か\u3099".repeat(500),
          "e" + "\u0301".repeat(500));

  @TempDir private Path folder;

  private LocalStack stack;
  private Documents documents;
  private Path config;

  private record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      assertThat(code).as(err).isZero();
      return JSON.readTree(out);
    }

    List<Long> ids() throws IOException {
      List<Long> ids = new ArrayList<>();
      json().path("hits").forEach(hit -> ids.add(hit.path("id").asLong()));
      return ids;
    }
  }

  @BeforeEach
  void start() throws Exception {
    stack = LocalStack.shared(Set.of(Server.OPENSEARCH));
    documents = new Documents(stack.openSearchUrl());
    documents.create(Kind.POSTS);
    documents.create(Kind.REELS);
    config = settings(stack.openSearchUrl());
  }

  private Path settings(String url) throws IOException {
    return Files.writeString(folder.resolve("servers.yaml"), "opensearch.url: " + url + "\n");
  }

  private Ended execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    int code =
        commandLine.execute(
            Stream.concat(Stream.of("search", "--config", config.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended search(String... arguments) {
    return execute(Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new));
  }

  private void post(long id, String author, String text, Duration age) throws Exception {
    documents.put(Kind.POSTS, document(Kind.POSTS, id, author, text, NOW.minus(age)));
  }

  private void post(long id, String text) throws Exception {
    post(id, "author" + id, text, Duration.ofMinutes(id));
  }

  private void liked(long id, String text, Duration age, long likes) throws Exception {
    ObjectNode document = document(Kind.POSTS, id, "author" + id, text, NOW.minus(age));
    documents.put(Kind.POSTS, document.put("likes_count", likes));
  }

  @Test
  void wordsAreFoundInTheirOtherForms() throws Exception {
    post(1, "Went running along the river this morning");
    post(2, "Yeni kitaplar aldım, çok mutluyum");
    post(3, "Breakfast with friends");

    assertThat(search("run").ids()).containsExactly(1L);
    assertThat(search("kitap").ids()).containsExactly(2L);
    assertThat(search("brekfast").ids()).containsExactly(3L);
  }

  @Test
  void turkishLettersAreFoundHoweverTheyAreTyped() throws Exception {
    post(1, "İSTANBUL'DA IŞIKLAR ÇOK GÜZEL");
    post(2, "istanbul ışıkları");

    for (String typed : List.of("istanbul", "İstanbul", "ISTANBUL", "ıstanbul")) {
      assertThat(search(typed).ids()).as(typed).containsExactlyInAnyOrder(1L, 2L);
    }
    assertThat(search("guzel").ids()).containsExactly(1L);
  }

  @Test
  void aHashtagOrMentionIsFoundAsSuchAndAsAWord() throws Exception {
    post(1, "Morning #coffee with @ayse");
    post(2, "coffee with ayse");

    assertThat(search("#coffee").ids()).containsExactly(1L);
    assertThat(search("@AYSE").ids()).containsExactly(1L);
    assertThat(search("coffee").ids()).containsExactlyInAnyOrder(1L, 2L);
    assertThat(search("#coffee").json().path("hits").path(0).path("text").asText())
        .isEqualTo("Morning ⟦\0#coffee\0⟧ with @ayse");
  }

  @Test
  void emojiAndFlagsAreFound() throws Exception {
    post(1, "Final whistle ⚽🎉");
    post(2, "Holiday 🇹🇷");
    post(3, "Trip 🇹🇩");

    assertThat(search("🎉").ids()).containsExactly(1L);
    assertThat(search("🇹🇷").ids()).containsExactly(2L);
  }

  @Test
  void aWordIsFoundHoweverItsLettersAreWritten() throws Exception {
    post(1, "un " + decomposed("é") + "clair, please");
    post(2, "un éclair, merci");
    post(3, "قال مُحَمَّدٌ ذلك");
    post(4, "אמר שָׁלוֹם לכולם");
    post(5, decomposed("học tiếng Việt"));
    post(6, decomposed("İstanbul güneşli"));
    post(7, "ＣＯＦＦＥＥ #ＴＩＭＥ");
    post(8, "Ёлка і Київ");

    for (String typed :
        List.of("éclair", decomposed("éclair"), "eclair", "ÉCLAIR", "\"éclair\"", "ｅclair")) {
      found(typed, 1, 2);
    }
    for (String typed : List.of("محمد", "مُحَمَّد", "محـمد", "\"محمد\"")) {
      found(typed, 3);
    }
    for (String typed : List.of("שלום", "שָׁלוֹם", "\"שלום\"")) {
      found(typed, 4);
    }
    for (String typed : List.of("tiếng", decomposed("tiếng"), "tieng viet", "\"tiếng Việt\"")) {
      found(typed, 5);
    }
    for (String typed : List.of("istanbul", "İSTANBUL", "\"güneşli\"", "gunesli")) {
      found(typed, 6);
    }
    found("coffee", 7);
    found("#time", 7);
    found("елка", 8);
    found(decomposed("київ"), 8);
    assertThat(text("eclair", 0)).isEqualTo("un ⟦\0éclair\0⟧, merci");
    assertThat(text("eclair", 1)).isEqualTo("un ⟦\0" + decomposed("é") + "clair\0⟧, please");
    assertThat(text("محمد", 0)).isEqualTo("قال ⟦\0مُحَمَّدٌ\0⟧ ذلك");
  }

  @Test
  void aWordIsFoundWithinATextWithoutSpaces() throws Exception {
    post(1, "今日は天気がいいから散歩しましょう");
    post(2, "我今天去了北京大学");
    post(3, "新しいiPhone15を買った");
    post(4, "散歩 #天気予報 です");
    post(5, "ｺｰﾋｰを飲む。吾輩は猫である");
    post(6, "오늘 날씨가 좋네요");
    post(7, "วันนี้อากาศดีมาก");
    post(8, "東京都の人口");
    post(9, "京都に行った");

    found("天気", 1, 4);
    found("\"天気がいい\"", 1);
    found("北京", 2);
    found("北京大学", 2);
    found("iphone15", 3);
    found("\"iPhone15を買った\"", 3);
    found("新しい iphone15", 3);
    found("#天気予報", 4);
    found("天気予報", 4);
    found("コーヒー", 5);
    found("猫", 5);
    found("날씨", 6);
    found("อากาศ", 7);
    found("東京都", 8);
    found("京都", 8, 9);
    assertThat(text("北京大学", 0)).isEqualTo("我今天去了⟦\0北京大学\0⟧");
    assertThat(text("iphone15", 0)).isEqualTo("新しい⟦\0iPhone15\0⟧を買った");
    assertThat(text("\"天気がいい\"", 0)).isEqualTo("今日は⟦\0天気がいい\0⟧から散歩しましょう");
    assertThat(text("コーヒー", 0)).startsWith("⟦\0ｺｰﾋｰ\0⟧を飲む");
  }

  @Test
  void anIndexOfAnEarlierBuildIsSearchedAsBefore() throws Exception {
    documents.create(Kind.POSTS, "cli/src/test/resources/opensearch/posts-version-1.json");
    post(1, "Went running with #coffee in New York");
    post(2, "İSTANBUL'DA IŞIKLAR ÇOK GÜZEL");
    post(3, "un éclair à 天気");

    found("run", 1);
    found("#coffee", 1);
    found("\"new york\"", 1);
    found("istanbul", 2);
    found("guzel", 2);
    found(decomposed("éclair"), 3);
    found("天気", 3);
    assertThat(text("éclair", 0)).isEqualTo("un ⟦\0éclair\0⟧ à 天気");
    for (String text : HOSTILE_TEXTS) {
      assertThat(search(text).code()).as(text).isZero();
    }
  }

  private static String decomposed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD);
  }

  /** In every order of hits, by the command and by the package for Node. */
  private void found(String typed, long... ids) throws Exception {
    for (Sort sort : Sort.values()) {
      List<Long> found = search(typed, "--sort", sort.toString()).ids();
      assertThat(found)
          .as("%s, %s", typed, sort)
          .containsExactlyInAnyOrderElementsOf(Arrays.stream(ids).boxed().toList());
      if (sort == Sort.RELEVANCE && hasNode()) {
        ObjectNode query = JSON.createObjectNode().put("text", typed);
        assertThat(idsOf(node(query))).as("%s in Node", typed).isEqualTo(found);
      }
    }
  }

  private String text(String typed, int hit) throws Exception {
    return search(typed).json().path("hits").path(hit).path("text").asText();
  }

  @Test
  void aTextCannotForgeTheMarks() throws Exception {
    post(1, "⟦paid⟧ coffee ⟦advert⟧");

    assertThat(search("coffee").json().path("hits").path(0).path("text").asText())
        .isEqualTo("⟦paid⟧ ⟦\0coffee\0⟧ ⟦advert⟧");
    assertThat(execute("coffee").out()).contains("⟦paid⟧ coffee ⟦advert⟧");
  }

  @Test
  void idsHaveAllTheirDigits() throws Exception {
    assumeTrue(hasNode(), "Node is not installed");
    post(9_007_199_254_740_993L, "ayse", "coffee", Duration.ofHours(1));

    assertThat(idsOf(node(JSON.createObjectNode().put("text", "coffee"))))
        .containsExactly(9_007_199_254_740_993L);
    assertThat(search("coffee", "--author", "9223372036854775807").ids()).isEmpty();
    assertThat(search("coffee", "--author", "9223372036854775808").ids()).isEmpty();
  }

  @Test
  void whatIsFoundIsMarkedInTheWordsOfTheText() throws Exception {
    post(1, "We were running <b>late</b> 🏃");

    assertThat(search("run").json().path("hits").path(0).path("text").asText())
        .isEqualTo("We were ⟦\0running\0⟧ <b>late</b> 🏃");
    assertThat(execute("run").out())
        .contains("We were running <b>late</b>")
        .contains("1 posts found");
  }

  @Test
  void quotedWordsAreTakenLiterally() throws Exception {
    post(1, "A weekend in New York");
    post(2, "York has a new bridge");

    assertThat(search("new york").ids()).containsExactly(1L, 2L);
    assertThat(search("\"new york\"").ids()).containsExactly(1L);
  }

  @Test
  void theNewestComeFirst() throws Exception {
    post(1, "author", "coffee", Duration.ofHours(1));
    post(2, "author", "coffee coffee coffee", Duration.ofHours(3));
    post(3, "author", "coffee beans", Duration.ofHours(2));
    post(4, "author", "coffee beans", Duration.ofHours(2));

    assertThat(search("coffee", "--sort", "new").ids()).containsExactly(1L, 4L, 3L, 2L);
  }

  @Test
  void hotIsWhatIsBothLikedAndFresh() throws Exception {
    liked(1, "coffee fresh and unknown", Duration.ofHours(1), 0);
    liked(2, "coffee fresh and liked", Duration.ofHours(2), 100);
    liked(3, "coffee famous last month", Duration.ofDays(30), 10_000);
    liked(4, "coffee famous yesterday", Duration.ofDays(1), 10_000);
    liked(5, "tea", Duration.ofHours(1), 1_000_000);

    assertThat(search("coffee", "--sort", "hot").ids()).containsExactly(2L, 4L, 1L, 3L);
  }

  @Test
  void onlyWhatIsPublicAndNotHiddenIsFound() throws Exception {
    post(1, "coffee");
    ObjectNode document = document(Kind.POSTS, 2, "a", "coffee", NOW);
    documents.put(Kind.POSTS, document.deepCopy().put("visibility", "private"));
    documents.put(Kind.POSTS, document.deepCopy().put("id", 3).put("visibility", "followers"));
    documents.put(Kind.POSTS, document.deepCopy().put("id", 4).put("hidden", true));
    documents.put(Kind.POSTS, JSON.createObjectNode().put("id", 5).put("hidden", true));

    for (Sort sort : Sort.values()) {
      for (String text : List.of("coffee", "")) {
        JsonNode found = search(text, "--sort", sort.toString()).json();
        assertThat(found.path("hits")).hasSize(1);
        assertThat(found.path("authors")).hasSize(1);
        assertThat(found.path("total").asLong()).isEqualTo(1);
      }
    }
  }

  @Test
  void aReaderWhoIsKnownAlsoFindsWhatIsForThem() throws Exception {
    for (String visibility : List.of("public", "followers", "private")) {
      for (String author : List.of("me", "friend", "stranger")) {
        ObjectNode document =
            document(
                Kind.POSTS, visibility.length() * 100L + author.length(), author, "coffee", NOW);
        documents.put(Kind.POSTS, document.put("visibility", visibility));
      }
    }
    JsonNode visible =
        SearchTemplate.fill(
            "visible-to-reader",
            Map.of(
                "reader", JSON.valueToTree(Math.abs("me".hashCode())),
                "followed", JSON.valueToTree(List.of(Math.abs("friend".hashCode())))));
    ObjectNode body = JSON.createObjectNode().put("size", 20);
    body.set("query", visible);
    JsonNode answer = new SearchServer(Settings.ofFile(config)).search(Kind.POSTS, body);
    List<String> found = new ArrayList<>();
    answer
        .path("hits")
        .path("hits")
        .forEach(
            hit ->
                found.add(
                    hit.path("_source").path("visibility").asText()
                        + " of "
                        + hit.path("_source").path("author").path("username").asText()));
    assertThat(found)
        .containsExactlyInAnyOrder(
            "public of me",
            "public of friend",
            "public of stranger",
            "followers of me",
            "followers of friend",
            "private of me");
  }

  @Test
  void anAuthorIsNamedByIdOrByName() throws Exception {
    post(1, "AyseK", "coffee", Duration.ZERO);
    post(2, "1984", "coffee", Duration.ZERO);

    assertThat(search("coffee", "--author", "aysek").ids()).containsExactly(1L);
    assertThat(search("", "--author", "@AyseK").ids()).containsExactly(1L);
    assertThat(search("coffee", "--author", "" + Math.abs("AyseK".hashCode())).ids())
        .containsExactly(1L);
    assertThat(search("coffee", "--author", "@1984").ids()).containsExactly(2L);
    assertThat(search("coffee", "--author", "9".repeat(40)).ids()).isEmpty();
  }

  @Test
  void facetsCountByAuthorAndDay() throws Exception {
    post(1, "AyseK", "coffee", Duration.ZERO);
    post(2, "AyseK", "coffee", Duration.ofDays(2));
    post(3, "bob", "coffee", Duration.ofDays(2));
    post(4, "bob", "coffee", Duration.ofDays(100));
    post(5, "bob", "coffee", Duration.ofDays(101));

    JsonNode found = search("coffee", "--size", "1").json();
    assertThat(found.path("total").asLong()).isEqualTo(5);
    assertThat(found.path("authors").path(0).path("username").asText()).isEqualTo("bob");
    assertThat(found.path("authors").path(0).path("hits").asLong()).isEqualTo(3);
    assertThat(found.path("authors").path(1).path("username").asText()).isEqualTo("AyseK");
    assertThat(found.path("days")).hasSize(2);
    assertThat(found.path("days").path(1).path("hits").asLong()).isEqualTo(2);
    assertThat(found.path("days").path(0).path("day").asText())
        .isEqualTo(NOW.toString().substring(0, 10));
  }

  @ParameterizedTest
  @EnumSource(Sort.class)
  void pagesHoldEachHitOnce(Sort sort) throws Exception {
    for (long id = 1; id <= 25; id++) {
      ObjectNode document =
          document(
              Kind.REELS, id, "a", "coffee " + "x ".repeat((int) id % 4), NOW.minusSeconds(id / 3));
      documents.put(Kind.REELS, document.put("likes_count", id % 5));
    }
    List<Long> ids = new ArrayList<>();
    List<String> arguments =
        List.of("coffee", "--type", "reels", "--sort", sort.toString(), "--size", "7");
    Ended page = search(arguments.toArray(String[]::new));
    ids.addAll(page.ids());
    while (page.json().has("next")) {
      List<String> next = new ArrayList<>(arguments);
      next.addAll(List.of("--after", page.json().path("next").asText()));
      page = search(next.toArray(String[]::new));
      ids.addAll(page.ids());
    }
    assertThat(ids).doesNotHaveDuplicates().hasSize(25);
    assertThat(ids)
        .isEqualTo(
            search("coffee", "--type", "reels", "--sort", sort.toString(), "--size", "25").ids());
  }

  @Test
  void noTextIsAnErrorOfOpenSearch() throws Exception {
    StringBuilder similar = new StringBuilder("a b c ");
    for (int i = 0; i < 400; i++) {
      // many words that a misspelled one might be
      similar.append("abcd%d abcde%d abcdefgh%d ".formatted(i, i, i));
    }
    post(1, similar.toString());
    for (String text : HOSTILE_TEXTS) {
      for (Sort sort : Sort.values()) {
        Ended ended = search(text, "--sort", sort.toString());
        assertThat(ended.code()).as("%s: %s", text, ended.err()).isZero();
      }
    }
  }

  @Test
  void thePackageForNodeFindsTheSame() throws Exception {
    assumeTrue(hasNode(), "node is not on the PATH: the package was not tried");
    for (long id = 1; id <= 12; id++) {
      liked(
          id,
          id % 3 == 0 ? "New York #coffee" : "coffee <b>beans</b> run",
          Duration.ofHours(id),
          id);
    }
    ObjectNode document = document(Kind.POSTS, 20, "author20", "coffee", NOW);
    documents.put(Kind.POSTS, document.deepCopy().put("visibility", "followers"));
    documents.put(Kind.POSTS, document.deepCopy().put("id", 21).put("hidden", true));

    for (Sort sort : Sort.values()) {
      for (String text :
          List.of("coffee", "\"new york\"", "running", "", "\ud83d", "a ".repeat(9_000))) {
        ObjectNode query = JSON.createObjectNode().put("text", text).put("sort", sort.toString());
        assertThat(idsOf(node(query)))
            .as("%s, %s", text, sort)
            .isEqualTo(search(text, "--sort", sort.toString()).ids());
      }
      ObjectNode all = JSON.createObjectNode().put("text", "coffee").put("sort", sort.toString());
      assertThat(idsOf(node(all.put("all", true).put("size", 5))))
          .as("all pages, %s", sort)
          .isEqualTo(search("coffee", "--sort", sort.toString(), "--size", "20").ids());
    }
    ObjectNode known = JSON.createObjectNode().put("text", "coffee").put("size", 20);
    known
        .putObject("reader")
        .put("id", 5)
        .putArray("followed")
        .add(Math.abs("author20".hashCode()));
    assertThat(idsOf(node(known))).hasSize(13).contains(20L).doesNotContain(21L);
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The pages that the package's example prints. */
  private List<JsonNode> node(JsonNode query) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("node", "examples/search.mjs", query.toString());
    builder.directory(Installation.find().root().resolve("client-node").toFile());
    builder.environment().put("OPENSEARCH_URL", stack.openSearchUrl());
    Process node = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var pages = JSON.readerFor(JsonNode.class).<JsonNode>readValues(node.getInputStream())) {
      List<JsonNode> all = pages.readAll();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(node.exitValue()).as("exit code of node").isZero();
      return all;
    }
  }

  private static List<Long> idsOf(List<JsonNode> pages) {
    List<Long> ids = new ArrayList<>();
    pages.forEach(page -> page.path("hits").forEach(hit -> ids.add(hit.path("id").asLong())));
    return ids;
  }

  @Test
  void aVeryLongPostIsFoundByItsEnd() throws Exception {
    post(1, "lorem ipsum ".repeat(100_000) + "zebra");

    assertThat(search("zebra").ids()).containsExactly(1L);
    assertThat(search("lorem", "--size", "1").ids()).containsExactly(1L);
  }

  @Test
  void wrongUsageSaysWhatIsRight() {
    assertThat(execute("coffee", "--size", "0").code()).isEqualTo(CommandException.USAGE);
    assertThat(execute("coffee", "--size", "101").code()).isEqualTo(CommandException.USAGE);
    assertThat(execute("coffee", "--sort", "best").code()).isEqualTo(CommandException.USAGE);
    assertThat(execute().code()).isEqualTo(CommandException.USAGE);
    for (String cursor : List.of("", "x", "!", "W10", "eyJhIjoxfQ")) {
      Ended ended = execute("coffee", "--after", cursor);
      assertThat(ended.code()).as(cursor).isEqualTo(CommandException.USAGE);
      assertThat(ended.err()).contains("--after has no cursor");
    }
  }

  @Test
  void aMissingAliasOrServerSaysWhatToDo() throws Exception {
    documents.drop(Kind.REELS);
    Ended missing = execute("coffee", "--type", "reels");
    assertThat(missing.code()).isEqualTo(CommandException.UNREACHABLE);
    assertThat(missing.err()).contains("no alias reels", "./streams migrate");

    config = settings("http://127.0.0.1:1");
    Ended away = execute("coffee");
    assertThat(away.code()).isEqualTo(CommandException.UNREACHABLE);
    assertThat(away.err()).contains("http://127.0.0.1:1 cannot be reached", "./streams status");
  }
}
