package com.shareuptime.streams.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.contract.TargetEntity;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.counters.sink.StoreSinks;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.version.PostgresRunNumbers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The real topology where the model has more than likes, comments and shares: bookmarks of posts,
 * likes of comments, followers of users, and votes of ±1 for comments.
 */
@Timeout(180)
class CountersOfTheModelIT {
  private static final IdKind IDS = IdKind.NUMBER;

  /** Ordinals are not those that {@code migrate} gives out: they mean nothing before. */
  private static final IdKinds MODEL =
      new IdKinds(
          IDS,
          IDS,
          IDS,
          List.of(target("comment", "comments"), target("user", "users")),
          List.of(
              counter(0, "likes", "like", false, "post", "reel", "comment"),
              counter(1, "comments", "comment", false, "post"),
              counter(2, "shares", "share", false, "post"),
              counter(9, "bookmarks", "bookmark", false, "post"),
              counter(8, "followers", "follower", false, "user"),
              counter(7, "votes", "vote", true, "comment")));

  @TempDir private static Path home;
  @TempDir private static Path checkpoints;

  private static LocalStack stack;
  private static IdKinds entities;
  private static ProductTopics product;
  private static Jedis redis;
  private static Connection postgres;
  private static JobClient job;

  private static TargetEntity target(String label, String view) {
    return new TargetEntity(Target.Type.of(label), view, IDS);
  }

  private static CountedView counter(
      int ordinal, String name, String event, boolean hasAmount, String... targets) {
    return new CountedView(
        CounterKind.of(ordinal), name, event, Set.of(targets), "user_id", hasAmount, IDS);
  }

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack = LocalStack.start(home, Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    Migrations.sink(stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword(), MODEL);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin, MODEL.counters()).apply();
    }
    postgres = PostgresAddress.sink(options()).connect();
    redis = new Jedis(URI.create(stack.redisUrl()));
    entities = PostgresAddress.sink(options()).idKinds();
    product = new ProductTopics(stack.kafkaBootstrap(), entities);
    job = start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    product.close();
    redis.close();
    postgres.close();
    stack.close();
  }

  /** An event counts first, its row takes its place; the other counters of a post are untouched. */
  @Test
  void aViewIsACounterWithItsColumnItsFieldAndItsEvents() {
    product.post(1);
    row("bookmarks", "{\"$id\":1}", "post", 1, "");
    row("bookmarks", "{\"$id\":2}", "post", 1, "");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select likes_count || ' ' || bookmarks_count from streams.counters"
                                + " where target_type = 'post' and target_id = 1"))
                    .isEqualTo("0 2"));
    product.row(table("bookmarks"), "{\"$id\":2}", null);
    await().untilAsserted(() -> assertThat(hash("post", 1)).containsEntry("bookmarks", "1"));
    // the job runs: what is announced now is not too late
    product.post(2);
    event("bookmarks-events", "b-1", "bookmark", "post", 2, "");
    await().untilAsserted(() -> assertThat(hash("post", 2)).containsEntry("bookmarks", "1"));
    await()
        .untilAsserted(
            () -> assertThat(hash("post", 2)).as("a phantom").containsEntry("bookmarks", "0"));
  }

  @Test
  void aUserHasFollowersUntilItsRowGoes() {
    product.user(7, true);
    row("followers", "{\"$a\":1,\"$b\":7}", "user", 7, "");
    row("followers", "{\"$a\":2,\"$b\":7}", "user", 7, "");
    await()
        .untilAsserted(
            () ->
                assertThat(hash("user", 7))
                    .containsEntry("followers", "2")
                    .doesNotContainKey("likes"));
    product.user(7, false);
    row("followers", "{\"$a\":3,\"$b\":7}", "user", 7, "");
    await().untilAsserted(() -> assertThat(hash("user", 7)).containsEntry("followers", "3"));
    product.row(CdcTable.USERS, "{\"id\":7}", null);
    await().untilAsserted(() -> assertThat(hash("user", 7)).containsKey("deleted"));
  }

  /** A comment counts for its post, and is counted for itself. */
  @Test
  void aCommentHasLikesAndASumOfVotesThatMayBeBelowZero() {
    product.post(20);
    row("comments", "{\"id\":5}", "post", 20, ",\"id\":5");
    product.row(
        CdcTable.LIKES,
        "{\"target_type\":\"comment\",\"target_id\":5,\"user_id\":3}",
        "{\"target_type\":\"comment\",\"target_id\":5,\"user_id\":3}");
    row("votes", "{\"$id\":1}", "comment", 5, ",\"amount\":-1");
    row("votes", "{\"$id\":2}", "comment", 5, ",\"amount\":-1");
    await()
        .untilAsserted(
            () ->
                assertThat(hash("comment", 5))
                    .containsEntry("likes", "1")
                    .containsEntry("votes", "-2"));
    await().untilAsserted(() -> assertThat(hash("post", 20)).containsEntry("comments", "1"));
    row("votes", "{\"$id\":1}", "comment", 5, ",\"amount\":3");
    await().untilAsserted(() -> assertThat(hash("comment", 5)).containsEntry("votes", "2"));
    product.row(table("votes"), "{\"$id\":1}", null);
    await().untilAsserted(() -> assertThat(hash("comment", 5)).containsEntry("votes", "-1"));
    row("comments", "{\"id\":6}", "post", 20, ",\"id\":6");
    event("votes-events", "v-1", "vote", "comment", 6, ",\"amount\":-4");
    await().untilAsserted(() -> assertThat(hash("comment", 6)).containsEntry("votes", "-4"));
    row("votes", "{\"$id\":3}", "comment", 6, ",\"amount\":-4");
    await()
        .during(Duration.ofSeconds(7))
        .untilAsserted(() -> assertThat(hash("comment", 6)).containsEntry("votes", "-4"));
    product.row(CdcTable.COMMENTS, "{\"id\":5}", null);
    await().untilAsserted(() -> assertThat(hash("comment", 5)).containsKey("deleted"));
    await().untilAsserted(() -> assertThat(hash("post", 20)).containsEntry("comments", "1"));
  }

  private static CdcTable table(String view) {
    return CdcTable.of(entities.counter(view).orElseThrow());
  }

  private static void row(String view, String key, String type, long target, String more) {
    product.row(
        table(view),
        key,
        "{\"target_type\":\"%s\",\"target_id\":%d,\"is_deleted\":false,\"created_at\":\"%s\"%s}"
            .formatted(type, target, Instant.now(), more));
  }

  private static void event(
      String topic, String id, String event, String type, long target, String more) {
    product.raw(
        topic,
        "{\"event_id\":\"%s\",\"type\":\"%s\",\"action\":\"create\",\"target\":\"%s\",\"target_id\":%d%s}"
            .formatted(id, event, type, target, more)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> hash(String type, long id) {
    return redis.hgetAll("counters:{%s:%d}".formatted(type, id));
  }

  private static JobClient start() throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("state.backend.type", "rocksdb");
    cluster.setString("execution.checkpointing.interval", "1 s");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("taskmanager.numberOfTaskSlots", "2");
    Configuration options = options();
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, cluster);
    CountersJob.build(
        CounterSources.of(env, options, entities),
        new StoreSinks(CountersJob.NAME, options, entities),
        new PostgresRunNumbers(PostgresAddress.sink(options)),
        CounterOptions.totals(options, Duration.ofMillis(200)),
        options);
    return env.executeAsync(CountersJob.NAME);
  }

  private static Configuration options() {
    return OptionLoader.load(
        new String[] {
          "--postgres.sink.url", stack.postgresJdbcUrl(),
          "--postgres.sink.user", stack.postgresUser(),
          "--postgres.sink.password-file", stack.postgresPasswordFile().toString(),
          "--kafka.bootstrap", stack.kafkaBootstrap(),
          "--redis.url", stack.redisUrl(),
          "--counters.grace", "5 s"
        },
        CounterOptions.OPTIONS.all());
  }

  private static String ask(String sql) throws SQLException {
    try (Statement statement = postgres.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
