package com.shareuptime.streams.cli.explain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.explain.ExplainedStack;
import com.shareuptime.streams.cli.explain.ExplainedStack.Ended;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The command on a whole stack, asked for a user whose feed is spoiled by hand. */
@Timeout(300)
class ExplainUserIT {
  private static final long READER = 930_001;
  private static final long AUTHOR = 930_002;
  private static final long WRITES_NOTHING = 930_004;
  private static final long POST = 930_010;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  private static ExplainedStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = new ExplainedStack(folder, List.of("ingest", "feeds", "feed-archive", "search"));
    stack.product(
        "insert into public.users (id, username, display_name) select %d + i, 'fed' || i, 'F' from generate_series(0, 3) i"
            .formatted(READER),
        "insert into public.follows (follower_id, followee_id, status) values (%1$d, %2$d, 'accepted'), (%1$d, %2$d + 1, 'pending'), (%2$d, %1$d, 'accepted')"
            .formatted(READER, AUTHOR),
        "insert into public.posts (id, author_id, content) overriding system value select %d + i, %d, 'to be fed' from generate_series(1, 3) i"
            .formatted(POST, AUTHOR));
    stack.send(
        "user-activity", "" + READER, "{\"event_id\":\"fed-1\",\"user_id\":%d}".formatted(READER));
    awaitRight();
  }

  @AfterAll
  static void stop() throws Exception {
    stack.product(
        "delete from public.users where id between %d and %d".formatted(READER, READER + 3));
    stack.stop();
  }

  private static Ended explain(long user, String... more) {
    List<String> arguments = new ArrayList<>(List.of("explain", "user", Long.toString(user)));
    arguments.addAll(List.of(more));
    return stack.run(arguments.toArray(String[]::new));
  }

  private static void awaitRight() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Ended ended = explain(READER);
              assertThat(ended.out())
                  .as(ended.err())
                  .contains("show the same page")
                  .containsPattern(
                      "feed:\\{%d\\} +3 entries, and there are no others".formatted(READER))
                  .containsPattern("streams\\.user_feeds +3 rows from 20")
                  .doesNotContain("LACKS");
              assertThat(ended.code()).isZero();
            });
  }

  private static void rebuild() {
    assertThat(stack.done("feed", "" + READER, "--rebuild")).contains("Asked the feeds job for 1");
    awaitRight();
  }

  @Test
  void whatIsRightIsShownFromEverySide() throws Exception {
    stack.send(
        "user-activity",
        "" + READER,
        "{\"event_id\":\"fed-2\",\"user_id\":\"%d\"}".formatted(READER));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(explain(READER).out())
                    .contains("user %d (fed0, \"F\")".formatted(READER))
                    .contains("follows 1 (asked 1 more), is followed by 1 (0 more ask)")
                    .containsPattern("event fed-1, appended 20")
                    .containsPattern("follows +created +\\{\"follower_id\":%d".formatted(READER))
                    .containsPattern("malformed-activity +feeds +user-activity-\\d@\\d+")
                    .contains("posts: 0 documents, right")
                    .containsPattern("feeds\\.redis: passed")
                    .containsPattern("feeds\\.postgres: passed")
                    .containsPattern("user-activity: [\\d,]+ records since 20"));
    assertThat(explain(AUTHOR).out())
        .contains("posts: 3 documents, right")
        .contains("a feed: the user is active")
        .doesNotContain("malformed-activity");
    assertThat(explain(WRITES_NOTHING).out()).contains("none: the user is inactive");
    JsonNode json = JSON.readTree(explain(READER, "--json").out());
    assertThat(json.at("/account/follows/following").asInt()).isEqualTo(1);
    assertThat(json.at("/feed/redis/own/entries").asInt()).isEqualTo(3);
    assertThat(json.at("/feed/page/tables/equal").asBoolean()).isTrue();
  }

  @Test
  void anEntryThatRedisLostIsNamedAndMended() {
    try (Jedis redis = Servers.redis(stack.settings())) {
      redis.zrem("feed:{%d}".formatted(READER), "" + (POST + 2));
    }
    Ended wrong = explain(READER, "--patience", "2");
    assertThat(wrong.code()).as(wrong.err()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out())
        .contains("missing here: " + (POST + 2))
        .contains("feeds.redis LACKS [%d]".formatted(POST + 2))
        .contains("./streams feed %d --rebuild".formatted(READER));
    rebuild();
  }

  @Test
  void aRowThatTheDurableCopyLostIsNamedAndMended() throws Exception {
    stack.sink(
        "delete from streams.user_feeds where user_id = %d and post_id = %d"
            .formatted(READER, POST + 1));
    Ended wrong = explain(READER, "--patience", "2");
    assertThat(wrong.code()).as(wrong.err()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out())
        .contains("show the same page")
        .contains("feeds.postgres LACKS [%d]".formatted(POST + 1));
    rebuild();
  }

  @Test
  void aTimelineThatIsMissingIsNamed() {
    String key = "pull:{%d}".formatted(READER);
    try (Jedis redis = Servers.redis(stack.settings())) {
      redis.sadd(key, "939999");
      assertThat(explain(READER, "--patience", "2").out())
          .containsPattern("timeline:\\{939999\\}, pulled +0 entries and no mark")
          .contains("./streams feed --rebuild-all");
      redis.srem(key, "939999");
    }
    awaitRight();
  }

  @Test
  void aDocumentWithAnotherNameIsNamedAndMended() {
    stack.openSearch(
        "POST",
        "/posts_v1/_update_by_query?refresh=true",
        "{\"query\":{\"term\":{\"id\":%d}},\"script\":{\"source\":\"ctx._source.author.display_name = 'spoiled'\"}}"
            .formatted(POST + 3));
    // what has just been written may be on its way; from here on it cannot
    Ended lately = explain(AUTHOR);
    assertThat(lately.code()).as(lately.out()).isZero();
    assertThat(lately.out()).contains("the row may have changed lately");
    Ended wrong = explain(AUTHOR, "--last", "1ms");
    assertThat(wrong.code()).as(wrong.err()).isEqualTo(CommandException.WRONG);
    assertThat(wrong.out())
        .contains("posts: 1 of 3 documents differ from the row (3 compared), WRONG")
        .contains("%d: display_name is 'spoiled', not 'F'".formatted(POST + 3))
        .contains("./streams explain post %d --refresh".formatted(POST + 3));
    stack.done("explain", "post", "" + (POST + 3), "--refresh");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(explain(AUTHOR, "--last", "1ms").code()).isZero());
  }

  @Test
  void withoutKafkaTheRestIsSaidAllTheSame() {
    Ended ended =
        stack.run(
            Map.of(AddressKeys.KAFKA_BOOTSTRAP, "127.0.0.1:1"), "explain", "user", "" + READER);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("show the same page")
        .contains("cdc.users: NOT LOOKED AT, Kafka does not answer");
  }

  @Test
  void whoIsUnknownOrCannotBeRefreshedIsAnErrorOfUsage() {
    assertThat(explain(987_654_321).err()).contains("There is no user 987654321.");
    Ended refused = explain(READER, "--refresh");
    assertThat(refused.code()).isEqualTo(CommandException.USAGE);
    assertThat(refused.err()).contains("./streams feed %d --rebuild".formatted(READER));
  }
}
