package com.shareuptime.streams.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.testing.Savepoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.execution.JobClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real topology with its real sources and sinks, on a Flink of this JVM and on servers of their
 * own. One job goes through all tests, in order, as in production: each has posts of its own.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SearchJobIT {
  private static final String POSTS = "posts";
  private static final long AUTHOR = 7;

  @TempDir private static Path checkpoints;

  private static LocalStack stack;
  private static LocalRun run;
  private static SearchTopics topics;
  private static Index index;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack =
        LocalStack.shared(Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS, Server.OPENSEARCH));
    run = new LocalRun(stack, checkpoints, List.of("--search.vectors", "true"));
    index = new Index(stack.openSearchUrl());
    run.prepare(index);
    topics = new SearchTopics(stack.kafkaBootstrap());
  }

  @AfterAll
  static void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    topics.close();
  }

  @Test
  @Order(1)
  void whatWasThereBeforeTheStartIsFoundWhole() throws Exception {
    topics.user(AUTHOR, "nora", true);
    topics.post(1, AUTHOR, "\"Hello #Istanbul, from @Ayse\"", false);
    topics.reel(1, AUTHOR, "A reel");
    for (int other = 0; other < 50_000; other++) {
      topics.counts("post", 1_000_000 + other, 1);
    }
    topics.counts("post", 1, 5);
    plant("1", 1);
    plant("77", 5);
    plant("78", Long.MAX_VALUE - 1);
    plant("no-id", 3);
    job = run.start(1, null);
    await()
        .until(
            () -> {
              JsonNode seen = index.document(POSTS, 1);
              assertThat(seen.path("likes_count").asInt(5)).as("never without counts").isEqualTo(5);
              return seen.has("likes_count");
            });
    await()
        .untilAsserted(
            () ->
                assertThat(index.document(POSTS, 1).toString())
                    .isEqualTo(
                        "{\"id\":1,\"hidden\":false,\"author\":{\"id\":7,\"username\":\"nora\","
                            + "\"display_name\":\"nora\",\"avatar_url\":null,\"is_verified\":true},\"content\":\"Hello"
                            + " #Istanbul, from @Ayse\",\"visibility\":\"public\","
                            + "\"likes_count\":5,\"comments_count\":2,\"shares_count\":1,"
                            + "\"created_at\":\"2026-01-01T00:00:00.123456Z\","
                            + "\"updated_at\":\"2026-01-02T00:00:00Z\"}"));
    await()
        .untilAsserted(
            () ->
                assertThat(index.document("reels", 1).path("caption").asText())
                    .isEqualTo("A reel"));
    await().untilAsserted(() -> assertThat(count("visibility", "planted")).isZero());
  }

  @Test
  @Order(2)
  void whatProgressPromisesIsFound() throws Exception {
    for (long id = 100; id < 150; id++) {
      long lsn = topics.post(id, AUTHOR, "\"post " + id + "\"", false);
      if (id % 10 == 0) {
        await()
            .untilAsserted(
                () -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
        assertThat(index.document(POSTS, id).path("content").asText()).isEqualTo("post " + id);
      }
    }
  }

  @Test
  @Order(3)
  void textIsFoundByHashtagMentionAndStem() throws Exception {
    topics.post(200, AUTHOR, "\"Kitaplarımı okuyorum 📚 #İstanbul @Ayşe\"", false);
    topics.post(201, AUTHOR, "\"She was running through the CAFÉ\"", false);
    await().untilAsserted(() -> assertThat(index.document(POSTS, 201).isMissingNode()).isFalse());
    await().untilAsserted(() -> assertThat(index.document(POSTS, 200).isMissingNode()).isFalse());
    assertThat(found("istanbul")).contains(1L, 200L);
    assertThat(found("#istanbul")).contains(200L);
    assertThat(found("@ayse")).contains(1L, 200L);
    assertThat(found("kitap")).contains(200L);
    assertThat(found("📚")).contains(200L);
    assertThat(found("run cafe")).contains(201L);
  }

  @Test
  @Order(3)
  void textIsFoundInAnyScriptHoweverItIsTyped() throws Exception {
    Map<String, List<String>> queries = new LinkedHashMap<>();
    queries.put("one e\u0301clair two", List.of("éclair", "e\u0301clair", "ECLAIR"));
    queries.put("קרא שָׁלוֹם", List.of("שלום", "שָׁלוֹם"));
    queries.put("قال مُحَمَّدٌ ذلك", List.of("محمد", "محـمد", "مُحَمَّد"));
    queries.put(
        "ho\u0323c tie\u0302\u0301ng Vie\u0323\u0302t", List.of("học tiếng", "hoc tieng viet"));
    queries.put("今日は天気がいいから散歩", List.of("天気", "散歩", "天気がいい"));
    queries.put("我今天去了北京大学", List.of("北京", "大学", "北京大学"));
    queries.put("新しいiPhone15を買った", List.of("iphone15", "買った", "新しい iphone15"));
    queries.put("ＣＯＦＦＥＥを飲む #天気予報", List.of("coffee", "#天気予報", "予報"));
    queries.put("ｶﾞｷﾞと猫", List.of("ガギ", "猫"));
    queries.put("오늘 날씨가 좋네요", List.of("날씨"));
    queries.put("วันนี้อากาศดีมาก", List.of("อากาศ"));
    queries.put("Η Ἀθῆνα και ο Όμηρος, ёлка", List.of("αθηνα", "ΟΜΗΡΟΣ", "елка"));
    long id = 210;
    long lsn = 0;
    for (String text : queries.keySet()) {
      lsn = topics.post(id++, AUTHOR, "\"" + text + "\"", false);
    }
    long last = lsn;
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(last));
    List<String> missed = new ArrayList<>();
    id = 210;
    for (var text : queries.entrySet()) {
      for (String query : text.getValue()) {
        if (!found(query).contains(id)) {
          missed.add(query + " in " + text.getKey());
        }
      }
      id++;
    }
    assertThat(missed).isEmpty();
  }

  @Test
  @Order(4)
  void aRenameReachesEveryDocumentAndADeactivatedAuthorHasNone() throws Exception {
    topics.user(8, "old name", true);
    for (long id = 300; id < 400; id++) {
      topics.post(id, 8, "\"by another\"", false);
    }
    await().untilAsserted(() -> assertThat(count("author.username", "old name")).isEqualTo(100));
    topics.user(8, "new name", true);
    await().untilAsserted(() -> assertThat(count("author.username", "new name")).isEqualTo(100));
    topics.user(8, "new name", false);
    await().untilAsserted(() -> assertThat(count("author.username", "new name")).isZero());
  }

  @Test
  @Order(5)
  void whatIsDeletedIsNotFoundAndNoReplayBringsItBack() throws Exception {
    topics.post(500, AUTHOR, "\"soon gone\"", false);
    await().untilAsserted(() -> assertThat(index.document(POSTS, 500).isMissingNode()).isFalse());
    topics.deletePost(500);
    await().untilAsserted(() -> assertThat(index.document(POSTS, 500).isMissingNode()).isTrue());
    topics.post(501, AUTHOR, "\"hidden\"", false);
    topics.post(501, AUTHOR, "\"hidden\"", true);
    long lsn = topics.post(502, AUTHOR, "\"behind it\"", false);
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
    assertThat(index.document(POSTS, 501).isMissingNode()).isTrue();
  }

  @Test
  @Order(6)
  void aTextOf64KilobytesIsKeptWhenAnotherColumnChanges() throws Exception {
    String text = "x".repeat(64 << 10);
    topics.post(600, AUTHOR, "\"" + text + "\"", false);
    topics.post(600, AUTHOR, '"' + SearchTopics.UNLOGGED + '"', false);
    long lsn = topics.post(601, AUTHOR, "\"behind it\"", false);
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
    assertThat(index.document(POSTS, 600).path("content").asText()).isEqualTo(text);
  }

  @Test
  @Order(6)
  void aTextThatIsThePlaceholderOfEarlierBuildsIsATextLikeOthers() throws Exception {
    String text = "__debezium_unavailable_value";
    topics.post(610, AUTHOR, "\"before\"", false);
    topics.post(610, AUTHOR, '"' + text + '"', false);
    topics.post(611, AUTHOR, '"' + text + '"', false);
    topics.post(611, AUTHOR, "\"after\"", false);
    long lsn = topics.post(612, AUTHOR, "\"behind it\"", false);
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
    assertThat(index.document(POSTS, 610).path("content").asText()).isEqualTo(text);
    assertThat(index.document(POSTS, 611).path("content").asText()).isEqualTo("after");
  }

  @Test
  @Order(6)
  void aVectorIsInTheDocumentOfItsTextOnly() throws Exception {
    topics.post(650, AUTHOR, "\"has a vector\"", false);
    topics.post(651, AUTHOR, "\"has another text\"", false);
    topics.vector(651, "older text", 2);
    topics.vector(650, "has a vector", 1);
    await()
        .untilAsserted(() -> assertThat(index.document(POSTS, 650).path("embedding")).hasSize(384));
    assertThat(index.document(POSTS, 651).has("embedding")).isFalse();
    topics.post(650, AUTHOR, "\"has none any more\"", false);
    await().untilAsserted(() -> assertThat(index.document(POSTS, 650).has("embedding")).isFalse());
  }

  @Test
  @Order(7)
  void badInputIsSetAsideAndTheJobGoesOn() throws Exception {
    topics.send("cdc.posts", "{\"id\":1}", "no JSON");
    topics.send(
        "counter-updates", "post:1", "{\"target\":\"planet\",\"target_id\":1,\"version\":1}");
    topics.control("{\"job\":\"search\",\"action\":\"dance\"}");
    topics.control(
        "{\"job\":\"search\",\"action\":\"refresh\",\"target\":\"post\",\"target_id\":1}");
    topics.post(700, AUTHOR, "\"after bad input\"", false);
    await().untilAsserted(() -> assertThat(index.document(POSTS, 700).isMissingNode()).isFalse());
  }

  @Test
  @Order(8)
  void anOutageOfOpenSearchLosesNothing() throws Exception {
    stack.kill(Server.OPENSEARCH);
    for (long id = 800; id < 900; id++) {
      topics.post(id, AUTHOR, "\"while it was away\"", false);
    }
    stack.start(Server.OPENSEARCH);
    await()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(count("content", "away")).isEqualTo(100));
  }

  @Test
  @Order(9)
  void aReadOnlyIndexIsWaitedFor() throws Exception {
    index.ask("PUT", "/posts_v1/_settings", "{\"index.blocks.write\":true}");
    long lsn = topics.post(900, AUTHOR, "\"waits\"", false);
    topics.reel(900, AUTHOR, "waits not");
    await().untilAsserted(() -> assertThat(index.document("reels", 900).isMissingNode()).isFalse());
    assertThat(run.visible("search.posts")).isLessThan(lsn);
    index.ask("PUT", "/posts_v1/_settings", "{\"index.blocks.write\":false}");
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
    assertThat(index.document(POSTS, 900).path("content").asText()).isEqualTo("waits");
  }

  @Test
  @Order(10)
  void aSavepointIsTakenUpAtAnotherParallelismThereAndBack() throws Exception {
    for (int parallelism : List.of(2, 1)) {
      String savepoint = Savepoint.stop(job, checkpoints);
      long id = 1_000 + parallelism;
      topics.post(id, AUTHOR, "\"meanwhile\"", false);
      topics.counts("post", 1, 100 + parallelism);
      job = run.start(parallelism, savepoint);
      await().untilAsserted(() -> assertThat(index.document(POSTS, id).isMissingNode()).isFalse());
      await()
          .untilAsserted(
              () ->
                  assertThat(index.document(POSTS, 1).path("likes_count").asLong())
                      .isEqualTo(100 + parallelism));
    }
  }

  @Test
  @Order(11)
  void aTruncateIsNoticedInEverySubtaskBeforeProgressPromisesIt() throws Exception {
    String savepoint = Savepoint.stop(job, checkpoints);
    job = run.start(2, savepoint);
    for (long id = 1_100; id < 1_120; id++) {
      topics.post(id, AUTHOR, "\"before the truncate\"", false);
    }
    await().untilAsserted(() -> assertThat(count("content", "truncate")).isEqualTo(20));
    topics.truncate(CdcTable.POSTS);
    long lsn = topics.post(1_110, AUTHOR, "\"after it\"", false);
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(lsn));
    assertThat(count("content", "truncate")).isZero();
    assertThat(count("visibility", "public")).isEqualTo(1);
    assertThat(index.document(POSTS, 1_110).path("content").asText()).isEqualTo("after it");
    assertThat(index.document("reels", 1).path("caption").asText()).isEqualTo("A reel");
  }

  // --- in the words of the tests
  // --------------------------------------------------------------------

  private static List<Long> found(String text) throws Exception {
    JsonNode hits =
        index.search(
            POSTS,
            ("{\"size\":50,\"query\":{\"multi_match\":{\"query\":\"%s\",\"operator\":\"and\",\"type\":\"most_fields\","
                    + "\"fields\":[\"content\",\"content.english\",\"content.turkish\"]}}}")
                .formatted(text));
    List<Long> ids = new ArrayList<>();
    hits.path("hits").forEach(hit -> ids.add(hit.path("_source").path("id").asLong()));
    return ids;
  }

  private static long count(String field, String value) throws Exception {
    return index
        .search(
            POSTS,
            "{\"track_total_hits\":true,\"query\":{\"match\":{\"%s\":\"%s\"}}}"
                .formatted(field, value))
        .path("total")
        .path("value")
        .asLong();
  }

  /** What nobody has in a table, or a stale document. */
  private static void plant(String name, long version) throws Exception {
    index.ask(
        "PUT",
        "/posts_v1/_doc/%s?refresh=true&version_type=external&version=%d".formatted(name, version),
        "{\"id\":99,\"hidden\":false,\"visibility\":\"planted\",\"content\":\"planted\"}");
  }
}
