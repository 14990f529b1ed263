package com.shareuptime.streams.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.testing.Savepoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The mode 'events' of the real job, on real servers: posts come from events, all else as ever. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SearchEventsIT {
  private static final String POSTS = "posts";
  private static final long AUTHOR = 9_007;

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
    run = new LocalRun(stack, checkpoints, List.of("--search.mode", "events"));
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
  void aPostOfAnEventIsFoundWhole() throws Exception {
    plant(50_099);
    topics.user(AUTHOR, "nora", true);
    topics.counts("post", 50_001, 5);
    topics.post(50_098, AUTHOR, "\"only in its table\"", false);
    topics.postEvent("created", 50_001, post(50_001, "Hello #Istanbul", 1));
    job = run.start(1, null);
    await()
        .untilAsserted(
            () ->
                assertThat(index.document(POSTS, 50_001).toString())
                    .isEqualTo(
                        "{\"id\":50001,\"hidden\":false,\"author\":{\"id\":9007,\"username\":\"nora\","
                            + "\"display_name\":\"nora\",\"avatar_url\":null,\"is_verified\":true},"
                            + "\"content\":\"Hello #Istanbul\",\"visibility\":\"public\","
                            + "\"likes_count\":5,\"comments_count\":2,\"shares_count\":1,"
                            + "\"created_at\":\"2026-01-01T00:00:00.123456Z\","
                            + "\"updated_at\":\"2026-01-02T00:00:01Z\"}"));
    topics.user(AUTHOR, "nora b", true);
    awaitAuthor(50_001, "nora b");
  }

  @Test
  @Order(2)
  void updatesCountByTheirTimeHoweverTheyCome() throws Exception {
    topics.postEvent("updated", 50_002, post(50_002, "second", 2));
    topics.postEvent("created", 50_002, post(50_002, "first", 1));
    topics.postEvent("updated", 50_003, post(50_003, "soon hidden", 2).replace("false", "true"));
    topics.postEvent("created", 50_003, post(50_003, "soon hidden", 1));
    barrier(50_100);
    assertThat(content(50_002)).isEqualTo("second");
    assertThat(index.document(POSTS, 50_003).isMissingNode()).isTrue();
    topics.postEvent("updated", 50_003, post(50_003, "shown again", 3));
    awaitContent(50_003, "shown again");
  }

  @Test
  @Order(3)
  void whatIsDeletedStaysDeleted() throws Exception {
    topics.postEvent("created", 50_004, post(50_004, "soon gone", 1));
    topics.postEvent("created", 50_005, post(50_005, "soon gone", 1));
    awaitContent(50_004, "soon gone");
    topics.postEvent("deleted", 50_004, "{\"id\":50004}");
    topics.postEvent("deleted", 50_005, post(50_005, "soon gone", 5));
    topics.postEvent("updated", 50_004, post(50_004, "late", 9));
    topics.postEvent("updated", 50_005, post(50_005, "late", 4));
    topics.postEvent("updated", 50_005, post(50_005, "again", 5));
    barrier(50_101);
    assertThat(index.document(POSTS, 50_004).isMissingNode()).isTrue();
    assertThat(index.document(POSTS, 50_005).isMissingNode()).isTrue();
  }

  @Test
  @Order(4)
  void badEventsAreSetAsideAndTheJobGoesOn() throws Exception {
    List<String> bad =
        List.of(
            "no JSON",
            "{\"event_id\":\"e\",\"action\":\"dance\",\"post\":{\"id\":50006}}",
            "{\"event_id\":\"e\",\"action\":\"deleted\",\"post\":{\"id\":-50006}}",
            "{\"event_id\":\"e\",\"action\":\"created\",\"post\":{\"id\":50006}}",
            "{\"event_id\":\"e\",\"action\":\"created\"}",
            post(50_006, "x".repeat(1 << 20), 1));
    bad.forEach(value -> topics.send("posts-events", "bad", value));
    barrier(50_102);
    assertThat(deadLetters(bad.size())).containsExactlyInAnyOrderElementsOf(bad);
  }

  @Test
  @Order(5)
  void postsPromiseNothingAndReelsWhatTheyDid() throws Exception {
    long lsn = topics.reel(50_001, AUTHOR, "A reel");
    await()
        .untilAsserted(() -> assertThat(run.visible("search.reels")).isGreaterThanOrEqualTo(lsn));
    assertThat(index.document("reels", 50_001).path("caption").asText()).isEqualTo("A reel");
    assertThat(run.visible("search.posts")).isZero();
  }

  @Test
  @Order(6)
  void aSavepointIsTakenUpWithWhatCameMeanwhile() throws Exception {
    String savepoint = Savepoint.stop(job, checkpoints);
    topics.postEvent("updated", 50_004, post(50_004, "late", 9));
    topics.postEvent("updated", 50_002, post(50_002, "third", 3));
    topics.postEvent("updated", 50_002, post(50_002, "late", 1));
    job = run.start(2, savepoint);
    awaitContent(50_002, "third");
    barrier(50_103);
    assertThat(content(50_002)).isEqualTo("third");
    assertThat(index.document(POSTS, 50_004).isMissingNode()).isTrue();
  }

  @Test
  @Order(7)
  void whatNoEventToldOfIsLeftAndWhatOnlyTheTableHasIsNotRead() throws Exception {
    assertThat(content(50_099)).isEqualTo("planted");
    assertThat(index.document(POSTS, 50_098).isMissingNode()).isTrue();
  }

  // --- in the words of the tests

  /** A post's row as it was at a second of its day. */
  private static String post(long id, String content, int second) {
    return ("{\"id\":%d,\"author_id\":%d,\"content\":\"%s\",\"visibility\":\"public\",\"is_deleted\":false,"
            + "\"created_at\":\"2026-01-01T00:00:00.123456Z\",\"updated_at\":\"2026-01-02T00:00:0%dZ\"}")
        .formatted(id, AUTHOR, content, second);
  }

  /** Waits until a post is found that was sent after all others, into each partition. */
  private static void barrier(long id) {
    for (int partition = 0; partition < 4; partition++) {
      long of = id * 10 + partition;
      topics.sendTo("posts-events", partition, topics.event("created", post(of, "behind", 1)));
    }
    for (int partition = 0; partition < 4; partition++) {
      awaitContent(id * 10 + partition, "behind");
    }
  }

  private static void awaitContent(long id, String content) {
    await().untilAsserted(() -> assertThat(content(id)).isEqualTo(content));
  }

  private static void awaitAuthor(long id, String name) {
    await()
        .untilAsserted(
            () ->
                assertThat(index.document(POSTS, id).path("author").path("username").asText())
                    .isEqualTo(name));
  }

  private static String content(long id) throws Exception {
    return index.document(POSTS, id).path("content").asText();
  }

  /** A document of an earlier run, of whose post the topic knows nothing any more. */
  private static void plant(long id) throws Exception {
    index.ask(
        "PUT",
        "/posts_v1/_doc/%d?refresh=true&version_type=external&version=1".formatted(id),
        "{\"id\":%d,\"hidden\":false,\"visibility\":\"public\",\"content\":\"planted\"}"
            .formatted(id));
  }

  /** The values of the dead letters of events, once there are so many. */
  private static List<String> deadLetters(int expected) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("group.id", "search-events-it");
    properties.setProperty("auto.offset.reset", "earliest");
    List<String> letters = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of("dead-letters"));
      await()
          .until(
              () -> {
                for (var letter : consumer.poll(Duration.ofMillis(200))) {
                  byte[] reason = letter.headers().lastHeader("reason").value();
                  if ("malformed-post-event".equals(new String(reason, StandardCharsets.UTF_8))) {
                    letters.add(letter.value());
                  }
                }
                return letters.size() >= expected;
              });
    }
    return letters;
  }
}
