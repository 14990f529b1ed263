package com.shareuptime.streams.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.testing.DrawnIds;
import com.shareuptime.streams.testing.Savepoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
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

/** The real job on real servers, of users and posts with UUIDs and of reels with texts. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SearchOfUuidsIT {
  private static final String POSTS = "posts";
  private static final IdKinds KINDS = new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.TEXT);
  private static final Id AUTHOR = DrawnIds.UUIDS.of(1);
  private static final Id REEL = Id.of("at://ü:1/{reel}");

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
    run.prepare(index, KINDS);
    topics = new SearchTopics(stack.kafkaBootstrap());
  }

  @AfterAll
  static void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    run.forgetKinds();
    topics.close();
  }

  @Test
  @Order(1)
  void whatWasThereBeforeTheStartIsFoundWhole() throws Exception {
    plant(post(77).toString());
    plant("42");
    topics.user(AUTHOR, "nora", true);
    topics.post(post(1), AUTHOR, "\"Hello\"", false);
    topics.reel(REEL, AUTHOR, "A reel");
    topics.counts("post", post(1), 5);
    topics.counts("reel", REEL, 3);
    topics.vector(post(1), "Hello", 1);
    job = run.start(1, null);
    awaitField(post(1), "likes_count", "5");
    JsonNode found = index.document(POSTS, post(1));
    assertThat(found.path("id").asText()).isEqualTo(post(1).toString());
    assertThat(found.path("author").path("id").asText()).isEqualTo(AUTHOR.toString());
    assertThat(found.path("author").path("username").asText()).isEqualTo("nora");
    assertThat(found.path("embedding")).hasSize(384);
    await()
        .untilAsserted(
            () ->
                assertThat(index.document("reels", REEL).path("likes_count").asInt()).isEqualTo(3));
    await().untilAsserted(() -> assertThat(names("content", "planted")).isEmpty());
  }

  @Test
  @Order(2)
  void documentsAreSortedByTheirIds() throws Exception {
    List<String> sorted =
        LongStream.range(100, 120).mapToObj(n -> post(n)).sorted().map(Id::toString).toList();
    long lsn = 0;
    for (long number = 100; number < 120; number++) {
      lsn = topics.post(post(number), AUTHOR, "\"sorted\"", false);
    }
    long last = lsn;
    await()
        .untilAsserted(() -> assertThat(run.visible("search.posts")).isGreaterThanOrEqualTo(last));
    assertThat(names("content", "sorted")).isEqualTo(sorted);
    assertThat(names("author.id", AUTHOR.toString())).hasSize(21);
  }

  @Test
  @Order(3)
  void aRenameReachesEveryDocumentAlsoAfterASavepointWasTaken() throws Exception {
    String savepoint = Savepoint.stop(job, checkpoints);
    job = run.start(2, savepoint);
    topics.user(AUTHOR, "nora b", true);
    await().untilAsserted(() -> assertThat(names("author.username", "nora b")).hasSize(21));
    topics.deletePost(post(100));
    await()
        .untilAsserted(() -> assertThat(index.document(POSTS, post(100)).isMissingNode()).isTrue());
    topics.user(AUTHOR, "nora b", false);
    await().untilAsserted(() -> assertThat(names("author.username", "nora b")).isEmpty());
    topics.user(AUTHOR, "nora c", true);
    await().untilAsserted(() -> assertThat(names("author.username", "nora c")).hasSize(20));
  }

  @Test
  @Order(4)
  void anIdOfAnotherKindIsSetAsideAndTheJobGoesOn() throws Exception {
    topics.post(42, 7, "\"numbers\"", false);
    topics.counts("post", 42, 1);
    index.ask("DELETE", "/posts_v1/_doc/" + post(1) + "?refresh=true", "");
    topics.control(
        "{\"job\":\"search\",\"action\":\"refresh\",\"target\":\"post\",\"target_id\":\"%s\"}"
            .formatted(post(1).toString().toUpperCase(Locale.ROOT)));
    awaitField(post(1), "likes_count", "5");
    assertThat(names("content", "numbers")).isEmpty();
  }

  // --- in the words of the tests

  private static Id post(long number) {
    return DrawnIds.UUIDS.of(number);
  }

  private static void awaitField(Id post, String field, String value) {
    await()
        .untilAsserted(
            () -> assertThat(index.document(POSTS, post).path(field).asText()).isEqualTo(value));
  }

  /** Names of the posts that are found, in the order of their ids. */
  private static List<String> names(String field, String value) throws Exception {
    JsonNode hits =
        index.search(
            POSTS,
            "{\"size\":100,\"query\":{\"match\":{\"%s\":\"%s\"}},\"sort\":[{\"id\":\"asc\"}]}"
                .formatted(field, value));
    List<String> names = new ArrayList<>();
    hits.path("hits").forEach(hit -> names.add(hit.path("_id").asText()));
    return names;
  }

  /** What nobody has in a table. */
  private static void plant(String name) throws Exception {
    index.ask(
        "PUT",
        "/posts_v1/_doc/%s?refresh=true&version_type=external&version=1".formatted(name),
        "{\"id\":\"%s\",\"hidden\":false,\"content\":\"planted\"}".formatted(name));
  }
}
