package com.shareuptime.streams.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.shareuptime.streams.cli.explain.ExplainedStack;
import com.shareuptime.streams.cli.explain.ExplainedStack.Ended;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The command on a whole stack: what is spoiled is proven, repaired by its owner, and gone. */
@Timeout(420)
class ReconcileCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long POST = 910_001;

  /** Random, so that it takes its room wherever it is. */
  private static final String LARGE =
      "(select string_agg(md5(random()::text || i), '') from generate_series(1, 40000) i)";

  @TempDir private static Path folder;

  private static ExplainedStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack =
        new ExplainedStack(
            folder,
            List.of("ingest", "counters", "search"),
            Map.of("ingest", Map.of("ingest.largest-row", "1 mb")));
    stack.product(
        "insert into public.users (id, username, display_name) select %1$d + i, 'reconciled' || i, 'R' from generate_series(0, 4) i"
            .formatted(POST),
        "insert into public.posts (id, author_id, content) overriding system value select %1$d + i, %1$d, 'post ' || i from generate_series(0, 20) i"
            .formatted(POST),
        "insert into public.likes (user_id, target_type, target_id) select %1$d + 1 + i %% 4, 'post', %1$d + i from generate_series(0, 20) i"
            .formatted(POST));
  }

  @AfterAll
  static void stop() throws Exception {
    stack.product(
        "delete from public.likes where target_id between %d and %d".formatted(POST, POST + 20),
        "delete from public.users where id between %d and %d".formatted(POST, POST + 4));
    stack.stop();
  }

  @BeforeEach
  void allIsRight() {
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () -> {
              Ended ended = reconcile("counters", "search");
              assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
            });
  }

  @Test
  void whatIsSpoiledIsProvenRepairedByItsOwnerAndGone() throws Exception {
    spoil();
    Path page = folder.resolve("report.html");

    Ended found = reconcile("counters", "search", "--html", page.toString());
    assertThat(found.code()).as(found.err()).isEqualTo(CommandException.WRONG);
    assertThat(found.out())
        .containsPattern("counters\\.postgres +post:910001 +wrong .*\"likes\":1,.*\"likes\":41,")
        .containsPattern("counters\\.redis +post:910002 +missing ")
        .containsPattern("search\\.posts +post:910003 +wrong .*post 2.*spoiled")
        .containsPattern("counters\\.postgres +post:910999 +extra ");
    assertThat(Files.readString(page)).contains("post:910001").doesNotContain("@DATA@");

    assertThat(stack.run("explain", "post", "" + POST).out())
        .contains("reconcile found counters.postgres wrong");

    Ended refused = reconcile("--gate");
    assertThat(refused.code()).isEqualTo(CommandException.WRONG);
    assertThat(refused.err()).contains("4 rows are proven to be wrong", "post:910001");
    assertThat(reconcile("feeds", "--gate").code()).isZero();
    assertThat(onCluster(List.of("reindex", "posts", "--gate", "--dry-run")).err())
        .contains("1 rows are proven to be wrong", "post:910003");

    Ended tooMany = reconcile("--last", "--repair", "auto", "--max-repairs", "3");
    assertThat(tooMany.code()).isEqualTo(CommandException.WRONG);
    assertThat(tooMany.out()).contains("Nothing was repaired: 4 rows are wrong");

    Ended asked = reconcile("--last", "--repair", "auto");
    assertThat(asked.out()).containsPattern("post:910001 +wrong .* refresh");
    Ended again = reconcile("--again");
    assertThat(again.code()).as(again.out()).isZero();
    assertThat(reconcile("--gate", "--max-age", "1h", "counters", "search").code()).isZero();
  }

  /** Three rows above the largest that goes through whole: a post, its author, another's post. */
  @Test
  void whatWasTooLargeForItsTopicIsFilledFromTheTables() throws Exception {
    long post = POST + 100;
    stack.product(
        "insert into public.users (id, username, display_name, avatar_url) values (%1$d, 'large', 'L', %2$s)"
            .formatted(post, LARGE),
        "insert into public.posts (id, author_id, content) overriding system value values (%1$d, %1$d, %2$s), (%1$d + 1, %3$d, %2$s)"
            .formatted(post, LARGE, POST));
    try {
      awaitHoles(3, "filled_at is null");
      String about = stack.run("explain", "post", "" + post).out();
      assertThat(about)
          .contains(
              "posts {\"id\":%d}".formatted(post),
              "users {\"id\":%d}".formatted(post),
              "without content: the row is larger than the option 'ingest.largest-row'",
              "concerns search.posts; told ",
              "./streams reconcile search.posts --repair auto");
      assertThat(stack.run("explain", "user", "" + post).out())
          .contains("without avatar_url", "./streams reconcile search.posts search.reels --repair");
      Ended refused = reconcile("--gate", "search");
      assertThat(refused.code()).isEqualTo(CommandException.WRONG);
      assertThat(refused.err()).contains("3 rows were too large for their topics", "" + post);
      assertThat(reconcile("--gate", "counters").code()).isZero();
      Ended found = reconcile("search");
      assertThat(found.code()).isEqualTo(CommandException.WRONG);
      assertThat(found.out()).containsPattern("posts \\{\"id\":%d\\} .*OPEN".formatted(post + 1));

      Ended filled = reconcile("search", "--repair", "auto");
      assertThat(filled.code()).as(filled.out() + filled.err()).isZero();
      assertThat(filled.out()).contains("FILLED").doesNotContain("OPEN");
      assertThat(reconcile("--gate", "search").code()).isZero();
      assertThat(
              stack.askProduct("select count(*) from streams.ingest_holes where filled_at is null"))
          .isZero();

      stack.product(
          "update public.posts set visibility = 'followers' where id between %d and %d"
              .formatted(post, post + 1));
      awaitHoles(2, "filled_at is null");
      Ended kept = reconcile("search", "--repair", "auto");
      assertThat(kept.code()).as(kept.out() + kept.err()).isZero();
      assertThat(kept.out()).containsPattern("posts .*RIGHT").doesNotContain("FILLED");
    } finally {
      stack.product(
          "delete from public.posts where id between %d and %d".formatted(post, post + 1),
          "delete from public.users where id = " + post);
      awaitHoles(0, "true");
    }
  }

  private static void awaitHoles(long count, String which) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(
                        stack.askProduct(
                            "select count(*) from streams.ingest_holes where " + which))
                    .isEqualTo(count));
  }

  @Test
  void theCanaryIsFoundHoweverThinTheSliceAndPutRight() {
    Ended ended = reconcile("--slices", "100", "--canary", "post:910005-910007");
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.out()).contains("canary: 6 of 6 corrupt rows found");
  }

  /** The store says that it has written, and has not. */
  @Test
  void aSurfaceThatLosesSomeWritesIsCaught() throws Exception {
    stack.sink(
        "create function streams.lose() returns trigger language plpgsql as $$ begin"
            + " if new.target_id in (910011, 910018) then return null; end if; return new; end $$",
        "create trigger lose before insert or update on streams.counters"
            + " for each row execute function streams.lose()");
    try {
      stack.product(
          "insert into public.shares (post_id, user_id) select %1$d + i, %1$d from generate_series(8, 20) i"
              .formatted(POST));
      Ended found = reconcile("counters");
      assertThat(found.code()).isEqualTo(CommandException.WRONG);
      assertThat(found.out())
          .containsPattern("counters\\.postgres +post:910011 +wrong .*\"shares\":1.*\"shares\":0")
          .containsPattern("counters\\.postgres +post:910018 +wrong ")
          .doesNotContain("post:910012");
    } finally {
      stack.sink("drop function streams.lose() cascade");
    }
    Ended repaired = reconcile("counters", "--repair", "auto", "--json");
    assertThat(repaired.code()).as(repaired.out() + repaired.err()).isZero();
    JsonNode json = JSON.readTree(repaired.out());
    assertThat(json.path("findings")).isEmpty();
    assertThat(json.at("/earlier/0/findings"))
        .as("what was wrong, and what was asked for")
        .extracting(finding -> finding.path("key").asText() + " " + finding.path("repair").asText())
        .contains("post:910011 refresh", "post:910018 refresh");
  }

  /** A job that cannot be planned is refused when it is submitted, after the canary is out. */
  @Test
  void theCanaryIsPutRightThoughTheRunCannotBegin() throws Exception {
    for (int attempt = 1; attempt <= 2; attempt++) {
      Ended ended =
          reconcile("--canary", "post:910008-910009", "--set", "reconcile.patience=never");
      assertThat(ended.code()).isEqualTo(CommandException.WRONG);
      assertThat(ended.err()).contains("reconcile.patience");
    }
    assertThat(likes(POST + 7)).as("in Postgres and in Redis").containsOnly(1L);
    assertThat(likes(POST + 8)).containsOnly(1L);
    assertThat(canaries()).isZero();
  }

  /** As a command leaves it that was killed while its canary was out. */
  @Test
  void whatAKilledCanaryHasSpoiledIsPutRightByTheNextRun() throws Exception {
    stack.sink(
        "insert into streams.reconcile_canaries (target_type, target_id) values ('post', 910009), ('post', 910888)",
        "update streams.counters set likes_count = 1001 where target_id = 910009",
        "insert into streams.counters (target_type, target_id, likes_count, version) values ('post', 910888, 1000, 1)");
    try (Jedis redis = Servers.redis(stack.settings())) {
      redis.hincrBy("counters:{post:910009}", "likes", 1_000);
      redis.hset("counters:{post:910888}", Map.of("likes", "1000", "v", "0000000000000000001"));
    }
    Ended ended = reconcile("counters");
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(canaries()).isZero();
  }

  /** Half of what is spoiled is right again before it can be seen. */
  @Test
  void aBlindRunIsNotMadeGoodByThoseThatFollow() throws Exception {
    stack.sink(
        "create function streams.heal() returns trigger language plpgsql as $$ begin"
            + " if new.likes_count >= 1000 then return null; end if; return new; end $$",
        "create trigger heal before insert or update on streams.counters"
            + " for each row execute function streams.heal()");
    Ended blind;
    try {
      blind = reconcile("counters", "search", "--canary", "post:910005-910006", "--json");
    } finally {
      stack.sink("drop function streams.heal() cascade");
    }
    assertThat(blind.code()).as(blind.out() + blind.err()).isEqualTo(CommandException.WRONG);
    JsonNode json = JSON.readTree(blind.out());
    assertThat(json.at("/canary/found").asInt()).isEqualTo(2);
    assertThat(json.at("/earlier/0/findings")).as("the comparison with the canary").hasSize(2);
    assertThat(json.at("/earlier/0/surfaces")).hasSize(4);

    Ended next = reconcile("counters", "search");
    assertThat(next.code()).as(next.out() + next.err()).isZero();
    assertThat(verified()).isZero();
    assertThat(reconcile("--gate", "--max-age", "1h", "counters").code())
        .isEqualTo(CommandException.WRONG);
    assertThat(reconcile("--gate").err()).contains("did not find what was corrupted", "2 of 4");

    Ended seeing = reconcile("counters", "search", "--canary", "post:910005-910006");
    assertThat(seeing.code()).as(seeing.out() + seeing.err()).isZero();
    assertThat(verified()).isEqualTo(4);
    assertThat(reconcile("--gate", "--max-age", "1h", "counters", "search").code()).isZero();
  }

  @Test
  void aSurfaceThatWasNeverHeardOfIsNotVerified() {
    Ended all = reconcile("--gate", "--max-age", "1h");
    assertThat(all.code()).isEqualTo(CommandException.WRONG);
    assertThat(all.err()).contains("feeds.postgres (never)", "feeds.redis (never)");
    assertThat(reconcile("--gate", "--max-age", "1h", "counters", "search").code()).isZero();
    assertThat(reconcile("--gate", "likes").code()).isEqualTo(CommandException.USAGE);
  }

  private static List<Long> likes(long post) throws Exception {
    try (Jedis redis = Servers.redis(stack.settings())) {
      return List.of(
          stack.ask("select likes_count from streams.counters where target_id = " + post),
          Long.parseLong(redis.hget("counters:{post:" + post + "}", "likes")));
    }
  }

  private static long canaries() throws Exception {
    return stack.ask("select count(*) from streams.reconcile_canaries");
  }

  private static long verified() throws Exception {
    return stack.ask(
        "select count(*) from streams.pipeline_progress where verified_lsn is not null");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(reconcile("likes").err()).contains("no surface 'likes'", "counters");
    assertThat(reconcile("--canary", "post:9").err()).contains("post:100-109");
    assertThat(reconcile("--again", "--canary", "post:1-2").err()).contains("--again");
    assertThat(reconcile("feeds", "--canary", "post:1-2").err()).contains("not compared");
    assertThat(reconcile("--slices", "0").code()).isEqualTo(CommandException.USAGE);
  }

  private static void spoil() throws Exception {
    stack.sink(
        "update streams.counters set likes_count = 41 where target_id = " + POST,
        "insert into streams.counters (target_type, target_id, likes_count, version) values ('post', 910999, 1, 1)");
    try (Jedis redis = Servers.redis(stack.settings())) {
      redis.del("counters:{post:" + (POST + 1) + "}");
    }
    stack.openSearch(
        "POST",
        "/posts_v1/_update_by_query?refresh=true",
        "{\"query\":{\"term\":{\"id\":%d}},\"script\":{\"source\":\"ctx._source.content = 'spoiled'\"}}"
            .formatted(POST + 2));
  }

  private static Ended onCluster(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    String cluster = LocalStack.shared(Server.STANDARD).flinkUrl();
    all.addAll(List.of("--flink-url", cluster));
    return stack.run(all.toArray(String[]::new));
  }

  /** No event of this test lacks its row: nothing has to settle. */
  private static Ended reconcile(String... arguments) {
    List<String> all = new ArrayList<>(List.of("reconcile"));
    all.addAll(List.of(arguments));
    all.addAll(
        List.of(
            "--set", "reconcile.counters.grace=2s",
            "--set", "reconcile.search.lag=8s",
            "--set", "reconcile.source.load=1.0"));
    return onCluster(all);
  }
}
