package com.shareuptime.streams.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.explain.ExplainedStack.Ended;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The command on a whole stack: what is spoiled by hand is named, and mended by its owner. */
@Timeout(300)
class ExplainCommandIT {
  private static final long POST = 900_001;

  /** Has rows and events of its own, so that they explain nothing of the other. */
  private static final long LIVELY = 900_002;

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static ExplainedStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new ExplainedStack(folder, List.of("ingest", "counters", "search", "archive"));
    stack.product(
        "insert into public.users (id, username, display_name) select %1$d + i, 'explained' || i, 'E' from generate_series(0, 4) i"
            .formatted(POST),
        "insert into public.posts (id, author_id, content) overriding system value values (%1$d, %1$d, 'as it is'), (%2$d, %1$d, 'lively')"
            .formatted(POST, LIVELY),
        "insert into public.likes (user_id, target_type, target_id) select %1$d + i, 'post', %1$d from generate_series(1, 3) i"
            .formatted(POST));
    awaitRight();
  }

  @AfterAll
  static void stop() throws Exception {
    stack.product(
        "delete from public.likes where target_id in (%d, %d)".formatted(POST, LIVELY),
        "delete from public.users where id between %d and %d".formatted(POST, POST + 4));
    stack.stop();
  }

  private static Ended explain(String... more) {
    return explain(POST, more);
  }

  private static Ended explain(long post, String... more) {
    List<String> arguments = new ArrayList<>(List.of("explain", "post", Long.toString(post)));
    arguments.addAll(List.of(more));
    return stack.run(arguments.toArray(String[]::new));
  }

  /** Verdicts by surface. */
  private static Map<String, String> verdicts() throws Exception {
    Map<String, String> verdicts = new HashMap<>();
    for (JsonNode surface : JSON.readTree(explain("--json").out()).path("surfaces")) {
      verdicts.put(surface.path("name").asText(), surface.path("verdict").asText());
    }
    return verdicts;
  }

  private static void awaitRight() {
    Map<String, String> right =
        Map.of("counters.postgres", "RIGHT", "counters.redis", "RIGHT", "search.posts", "RIGHT");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(verdicts()).as(explain().out()).isEqualTo(right));
    assertThat(explain().code()).isZero();
  }

  private static void refresh() {
    Ended asked = explain("--refresh");
    assertThat(asked.code()).as(asked.err()).isZero();
    awaitRight();
  }

  @Test
  void aCountMadeWrongInPostgresIsNamedAndMended() throws Exception {
    stack.sink("update streams.counters set likes_count = 41 where target_id = " + POST);
    Ended wrong = explain();
    assertThat(wrong.code()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out())
        .containsPattern("counters\\.postgres +41 +0 +0 .*WRONG.*likes 41, not 3")
        .containsPattern("counters\\.redis +3 +0 +0 .*right")
        .contains("./streams explain post " + POST + " --refresh");
    refresh();
  }

  @Test
  void aHashThatIsGoneOrSpoiledInRedisIsNamedAndMended() throws Exception {
    String key = "counters:{post:" + POST + "}";
    try (Jedis redis = Servers.redis(stack.settings())) {
      redis.hset(key, "likes", "2");
      assertThat(explain().out()).containsPattern("counters\\.redis +2 .*WRONG.*likes 2, not 3");
      redis.set(key, "a string");
      Ended wrong = explain();
      assertThat(wrong.code()).isEqualTo(CommandException.WRONG);
      assertThat(wrong.out()).containsPattern("counters\\.redis .*WRONG");
      redis.del(key);
    }
    assertThat(verdicts()).containsEntry("counters.redis", "WRONG");
    refresh();
  }

  @Test
  void aDocumentThatIsSpoiledIsNamedAndMended() throws Exception {
    stack.openSearch(
        "POST",
        "/posts_v1/_update_by_query?refresh=true",
        "{\"query\":{\"term\":{\"id\":%d}},\"script\":{\"source\":\"ctx._source.content = 'spoiled'\"}}"
            .formatted(POST));
    Ended wrong = explain();
    assertThat(wrong.code()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out()).contains("content is 'spoiled', not 'as it is'");
    refresh();
  }

  @Test
  void whatWasTooLargeForItsTopicIsNamedWithWhatShowsItAndTheRepair() throws Exception {
    stack.product(
        "insert into streams.ingest_holes (table_name, row_key, generation, commit_lsn, row_lsn,"
            + " columns, reason)"
            + " select t, format('{\"id\":%%s}', %d), 1048576, '0/63', '0/63', c, 'the row is too large'"
                .formatted(POST)
            + " from (values ('posts', array['content']), ('users', array['avatar_url'])) as v(t,"
            + " c)");
    try {
      Ended told = explain();
      assertThat(told.code()).as("all surfaces are right").isZero();
      assertThat(told.out())
          .contains(
              "posts {\"id\":%d}, changed at 0/63, without content: the row is too large"
                  .formatted(POST),
              "concerns search.posts; told 20",
              "users {\"id\":%d}, changed at 0/63, without avatar_url".formatted(POST),
              "./streams reconcile search.posts --repair auto");
      assertThat(JSON.readTree(explain("--json").out()).at("/holes/0/surfaces/0").asText())
          .isEqualTo("search.posts");
      assertThat(stack.run("explain", "user", "" + POST).out())
          .contains("without avatar_url", "./streams reconcile search.posts search.reels --repair");
    } finally {
      stack.product("truncate streams.ingest_holes");
    }
    assertThat(explain().out()).doesNotContain("Not whole");
  }

  @Test
  void whatHasNoRowIsNowhere() {
    Ended nowhere = explain(987_654_321);
    assertThat(nowhere.code()).as(nowhere.err()).isZero();
    assertThat(nowhere.out()).contains("post 987654321 has no row").doesNotContain("WRONG");
  }

  /** An event of the lively post; {@code more} are fields beside those that it needs. */
  private static String event(String id, String action, String more) {
    return "{\"event_id\":\"%s\",\"type\":\"like\",\"action\":\"%s\",\"target\":\"post\",\"target_id\":%d%s}"
        .formatted(id, action, LIVELY, more);
  }

  private static void send(String event) throws Exception {
    stack.send("likes-events", "post:" + LIVELY, event);
  }

  private static String actor(long number) {
    return ",\"actor_id\":" + (POST + number);
  }

  private static void awaitText(String... patterns) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Ended lively = explain(LIVELY);
              assertThat(lively.err()).isEmpty();
              for (String pattern : patterns) {
                assertThat(lively.out()).containsPattern(pattern);
              }
            });
  }

  @Test
  void rowsAndTheirLastChangesAreShownWithPositionAndTime() throws Exception {
    stack.product(
        "insert into public.shares (id, post_id, user_id) overriding system value values (900001, %d, %d)"
            .formatted(LIVELY, POST + 1),
        "insert into public.comments (id, target_type, target_id, author_id, content) overriding system value values (900001, %1$s, 'a'), (900002, %1$s, 'b')"
            .formatted("'post', %d, %d".formatted(LIVELY, POST + 1)),
        "update public.comments set is_deleted = true where id = 900001",
        "delete from public.comments where id = 900002");
    String at = " +[0-9A-F]+/[0-9A-F]+ +20\\S+Z";
    awaitText(
        "rows of likes; 1 of comments, 1 of them deleted softly; 1 of shares",
        "shares +created +\\{\"id\":900001\\}" + at,
        "comments +created +\\{\"id\":900002\\}" + at,
        "comments +updated, is_deleted +\\{\"id\":900001\\}" + at,
        "comments +deleted +\\{\"id\":900002\\}" + at,
        "cdc\\.comments: [\\d,]+ records since 20",
        "counters\\.redis: passed, visible up to [0-9A-F]+/[0-9A-F]+ of 20");
  }

  @Test
  void eventsThatWaitForTheirRowsAreShownAndAreNoError() throws Exception {
    stack.product(
        "insert into public.likes (user_id, target_type, target_id) values (%d, 'post', %d)"
            .formatted(POST + 1, LIVELY));
    send(event("explained-1", "create", actor(1)));
    send(event("explained-2", "create", actor(2) + ",\"occurred_at\":\"2026-01-01T00:00:00Z\""));
    send(event("explained-3", "create", actor(3)));
    send(event("explained-3", "create", actor(3)));
    send(event("explained-4", "delete", actor(4)));
    send(event("explained-5", "create", ""));
    awaitText(
        "counters\\.redis +2 .*likes 2, not 1: by no more than events that may wait",
        "explained-5 +like create +- .* 1 +row is there",
        "explained-1 +like create +%d .* 1 +row is there".formatted(POST + 1),
        "explained-2 +like create +%d +2026-01-01T00:00:00Z .* 1 +no such row".formatted(POST + 2),
        "explained-3 +like create +%d .* 2 +no such row".formatted(POST + 3),
        "explained-4 +like delete +%d .* 1 +row is gone".formatted(POST + 4));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(explain(LIVELY).out()).containsPattern("[12] phantom of likes create"));
    assertThat(explain(LIVELY).out()).doesNotContain("WRONG");
  }

  @Test
  void deadLettersThatNameItAreShownWithTheirReason() throws Exception {
    send(event("explained-6", "destroy", ""));
    awaitText("unknown-action +counters +likes-events-\\d@\\d+ +action 'destroy'");
    assertThat(explain(POST).out()).doesNotContain("unknown-action");
  }

  @Test
  void withoutKafkaTheRestIsSaidAllTheSame() {
    long begin = System.nanoTime();
    Ended ended =
        stack.run(Map.of(AddressKeys.KAFKA_BOOTSTRAP, "127.0.0.1:1"), "explain", "post", "" + POST);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .containsPattern("counters\\.redis +3 +0 +0 .*right")
        .contains("cdc.likes: NOT LOOKED AT, Kafka does not answer");
  }

  @Test
  void aTimeThatIsNoneIsAnErrorOfUsage() {
    Ended ended = explain("--last", "a while");
    assertThat(ended.code()).isEqualTo(CommandException.USAGE);
    assertThat(ended.err()).contains("--last is 'a while', which is no length of time.");
  }
}
