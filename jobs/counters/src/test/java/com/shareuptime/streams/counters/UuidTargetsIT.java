package com.shareuptime.streams.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.IdKinds;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The real topology where ids are UUIDs and likes are known by ids of their own, as ShareUptime's
 * public backend has it, on servers of its own.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UuidTargetsIT {
  private static final String POST = "c0ffee00-0000-4000-8000-000000000001";
  private static final String STALE = "c0ffee00-0000-4000-8000-000000000002";
  private static final String FOREIGN = "c0ffee00-0000-4000-8000-000000000003";
  private static final String EARLY = "c0ffee00-0000-4000-8000-000000000005";
  private static final String REEL = "c0ffee00-0000-4000-8000-000000000004";
  private static final String ADA = "ada00000-0000-4000-8000-000000000001";

  @TempDir private static Path home;
  @TempDir private static Path checkpoints;

  private static LocalStack stack;
  private static ProductTopics product;
  private static Jedis redis;
  private static Connection postgres;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack = LocalStack.start(home, Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    Migrations.sink(
        stack.postgresJdbcUrl(),
        stack.postgresUser(),
        stack.postgresPassword(),
        new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    postgres = PostgresAddress.sink(options()).connect();
    redis = new Jedis(URI.create(stack.redisUrl()));
    product = new ProductTopics(stack.kafkaBootstrap());
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

  @Test
  @Order(1)
  void aStartWithoutStateReplacesWhatIsStaleAndDeletesWhatIsForeign() throws Exception {
    post(STALE);
    like("1", "post", STALE);
    sql(
        "insert into streams.counters (target_type, target_id, likes_count, version) values"
            + " ('post', '%s', 777, 5), ('post', '%s', 3, 9223372036854775807)"
                .formatted(STALE, FOREIGN));
    redis.hset(key(STALE), Map.of("likes", "777", "v", "0000000000000000005"));
    redis.hset("counters:{post:998}", Map.of("likes", "9", "v", "0000000000000000005"));
    job = start();
    await().untilAsserted(() -> assertLikes(STALE, "1"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select deleted_at is not null from streams.counters where target_id ="
                                + " '"
                                + FOREIGN
                                + "'"))
                    .isEqualTo("t"));
  }

  @Test
  @Order(2)
  void aLikeThatGoesTellsOnlyItsOwnIdAndIsTakenFromItsTarget() throws Exception {
    post(POST);
    like("2", "post", POST);
    like("3", "post", POST);
    await().untilAsserted(() -> assertLikes(POST, "2"));
    product.row(CdcTable.LIKES, likeKey("2"), null);
    await().untilAsserted(() -> assertLikes(POST, "1"));
  }

  @Test
  @Order(3)
  void anEventCountsBeforeItsRowHoweverItsIdIsWritten() throws Exception {
    post(EARLY);
    event("early", EARLY.toUpperCase(Locale.ROOT));
    await().untilAsserted(() -> assertLikes(EARLY, "1"));
    like("4", "post", EARLY);
    event("phantom", EARLY);
    await().untilAsserted(() -> assertThat(redis.hget(key(EARLY), "likes")).isEqualTo("2"));
    await().untilAsserted(() -> assertLikes(EARLY, "1"));
    await()
        .untilAsserted(
            () ->
                assertThat(record("counter-drift", "post:" + EARLY))
                    .contains("\"target_id\":\"" + EARLY + "\"", "phantom"));
  }

  @Test
  @Order(4)
  void sharesAndCommentsOfReelsCountTooAndLikesOfCommentsNot() throws Exception {
    product.row(CdcTable.REELS, id(REEL), "{\"id\":\"%s\"}".formatted(REEL));
    like("5", "comment", "c-5");
    for (CdcTable table : List.of(CdcTable.COMMENTS, CdcTable.SHARES)) {
      product.row(
          table,
          "{\"$no\":1,\"$branch\":1}",
          "{\"target_type\":\"reel\",\"target_id\":\"%s\",\"is_deleted\":false}".formatted(REEL));
    }
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select likes_count || ' ' || comments_count || ' ' || shares_count"
                                + " from streams.counters where target_type = 'reel'"
                                + " and target_id = '%s'".formatted(REEL)))
                    .isEqualTo("0 1 1"));
    await()
        .untilAsserted(
            () ->
                assertThat(record("counter-updates", "reel:" + REEL))
                    .contains(
                        "\"target_id\":\"%s\",\"likes_count\":0,\"comments_count\":1"
                            .formatted(REEL)));
  }

  @Test
  @Order(5)
  void aNumberIsNoIdHereAndARefreshWritesWhatIsKnown() throws Exception {
    product.event("of-a-number", 42);
    redis.hset(key(POST), "likes", "12345");
    product.raw(
        "pipeline-control",
        "{\"job\":\"counters\",\"action\":\"refresh\",\"target\":\"post\",\"target_id\":\"%s\"}"
            .formatted(POST.toUpperCase(Locale.ROOT))
            .getBytes(StandardCharsets.UTF_8));
    await().untilAsserted(() -> assertLikes(POST, "1"));
    List<String> letters = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              letters.clear();
              read("dead-letters").forEach(letter -> letters.add(reason(letter)));
              assertThat(letters).isNotEmpty();
            });
    assertThat(letters).containsExactly("wrong-type");
  }

  @Test
  @Order(6)
  void aPostThatIsHardDeletedTakesItsCountersWithIt() throws Exception {
    product.row(CdcTable.POSTS, id(POST), null);
    await().untilAsserted(() -> assertThat(redis.hget(key(POST), "deleted")).isNotNull());
  }

  private static void post(String id) {
    product.row(
        CdcTable.POSTS,
        id(id),
        "{\"id\":\"%s\",\"author_id\":\"%s\",\"is_deleted\":false,\"visibility\":\"public\"}"
            .formatted(id, ADA));
  }

  private static void like(String like, String type, String target) {
    product.row(
        CdcTable.LIKES,
        likeKey(like),
        "{\"id\":\"%s\",\"target_type\":\"%s\",\"target_id\":\"%s\",\"user_id\":\"%s\",\"created_at\":\"%s\"}"
            .formatted(likeId(like), type, target, ADA, Instant.now()));
  }

  private static String likeKey(String like) {
    return id(likeId(like));
  }

  private static String likeId(String like) {
    return "11110000-0000-4000-8000-00000000000" + like;
  }

  private static String id(String id) {
    return "{\"id\":\"" + id + "\"}";
  }

  private static void event(String id, String post) {
    product.raw(
        "likes-events",
        "{\"event_id\":\"%s\",\"type\":\"like\",\"action\":\"create\",\"target\":\"post\",\"target_id\":\"%s\"}"
            .formatted(id, post)
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String key(String post) {
    return "counters:{post:" + post + "}";
  }

  private static void assertLikes(String post, String likes) throws SQLException {
    assertThat(redis.hget(key(post), "likes")).isEqualTo(likes);
    assertThat(
            ask(
                "select likes_count from streams.counters where target_type = 'post'"
                    + " and target_id = '%s'".formatted(post)))
        .isEqualTo(likes);
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
    IdKinds kinds = PostgresAddress.sink(options).idKinds();
    assertThat(kinds).isEqualTo(new IdKinds(IdKind.UUID, IdKind.UUID, IdKind.UUID));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, cluster);
    CountersJob.build(
        CounterSources.of(env, options, kinds),
        new StoreSinks(CountersJob.NAME, options, kinds),
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

  private static void sql(String sql) throws SQLException {
    try (Statement statement = postgres.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> letter) {
    return new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8);
  }

  /** The last value under a key of a topic; null without one. */
  private static String record(String topic, String key) {
    String value = null;
    for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
      if (record.key() != null && new String(record.key(), StandardCharsets.UTF_8).equals(key)) {
        value = new String(record.value(), StandardCharsets.UTF_8);
      }
    }
    return value;
  }

  /** All that a topic has. */
  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("auto.offset.reset", "earliest");
    properties.setProperty("isolation.level", "read_committed");
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
        consumer.poll(Duration.ofMillis(200)).forEach(all::add);
      }
    }
    return all;
  }
}
