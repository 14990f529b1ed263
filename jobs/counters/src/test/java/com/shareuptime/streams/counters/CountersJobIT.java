package com.shareuptime.streams.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.counters.sink.StoreSinks;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.OlderCopy;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.testing.Savepoint;
import com.shareuptime.streams.version.PostgresRunNumbers;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The real topology with its real sources and sinks, on a Flink of this JVM and on servers of their
 * own. One job goes through all tests, in order, as in production: each has posts of its own.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CountersJobIT {
  private static final String GRACE = "5 s";

  @TempDir private static Path checkpoints;
  @TempDir private static Path copies;

  private static OlderCopy older;

  private static LocalStack stack;
  private static ProductTopics product;
  private static Jedis redis;
  private static Connection postgres;
  private static JobClient job;

  /** When it had started without state: minutes before are not whole. */
  private static Instant started;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    String url = stack.postgresJdbcUrl();
    BaseSchema.apply(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.source(url, stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(url, stack.postgresUser(), stack.postgresPassword());
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
  }

  @BeforeEach
  void connectAgain() {
    redis = new Jedis(URI.create(stack.redisUrl()));
  }

  @Test
  @Order(1)
  void aStartWithoutStateReplacesWhatIsStaleAndDeletesWhatIsForeign() throws Exception {
    product.post(1);
    for (int user = 1; user <= 5; user++) {
      product.like(1, user, true);
    }
    sql(
        "insert into streams.counters (target_type, target_id, likes_count, version) values"
            + " ('post', 1, 777, 5), ('post', 999, 3, 9223372036854775807)");
    redis.hset("counters:{post:1}", Map.of("likes", "777", "v", "0000000000000000005"));
    redis.hset("counters:{post:998}", Map.of("likes", "9", "v", "9223372036854775806"));
    redis.hset("counters:{post:997}", Map.of("likes", "9", "v", "0000000000000000005"));

    older = OlderCopy.of(stack, Server.REDIS, copies);
    redis = new Jedis(URI.create(stack.redisUrl()));

    job = start(1, null);

    await().untilAsserted(() -> assertLikes(1, 5));
    started = Instant.now();
    await().untilAsserted(() -> assertGone(999));
    await().untilAsserted(() -> assertGone(998));
  }

  @Test
  @Order(2)
  void anEventIsServedBeforeItsRowAndTheRowThenChangesNothing() throws Exception {
    product.post(2);
    product.event("early-2", 2);
    await().untilAsserted(() -> assertLikes(2, 1));
    product.like(2, 1, true);
    product.event("early-2", 2);
    product.like(2, 2, false);
    await().untilAsserted(() -> assertLikes(2, 2));
  }

  @Test
  @Order(3)
  void aPhantomIsTakenBackAndItsSettlementKept() throws Exception {
    product.post(3);
    product.like(3, 1, false);
    product.event("phantom-3", 3);
    await().untilAsserted(() -> assertLikes(3, 2));
    await().untilAsserted(() -> assertLikes(3, 1));
    assertThat(drift(3))
        .satisfies(
            drift -> {
              assertThat(drift.reason()).isEqualTo("phantom");
              assertThat(drift.amount()).isEqualTo(1);
              assertThat(drift.job()).isEqualTo("counters");
            });
  }

  @Test
  @Order(4)
  void nothingIsTakenBackWhileIngestIsAway() throws Exception {
    product.post(4);
    product.like(4, 1, false);
    await().untilAsserted(() -> assertLikes(4, 1));
    product.beating(false);
    product.event("unconfirmed-4", 4);
    await().untilAsserted(() -> assertLikes(4, 2));
    await()
        .during(Duration.ofSeconds(8)) // longer than the grace
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertLikes(4, 2));
    product.beating(true);
    await().untilAsserted(() -> assertLikes(4, 1));
  }

  @Test
  @Order(5)
  void badInputIsSetAsideAsItCameAndTheJobGoesOn() throws Exception {
    byte[] broken = "{\"event_id\":".getBytes(StandardCharsets.UTF_8);
    byte[] oversized = new byte[(1 << 20) + 1];
    product.raw("likes-events", broken);
    product.raw("comments-events", oversized);
    product.raw("cdc.likes", "{}".getBytes(StandardCharsets.UTF_8));
    product.raw("pipeline-control", "{\"job\":\"counters\"}".getBytes(StandardCharsets.UTF_8));
    product.post(5);
    product.like(5, 1, false);
    await().untilAsserted(() -> assertLikes(5, 1));
    Map<String, byte[]> letters = deadLetters(4);
    assertThat(letters.keySet())
        .containsExactly("malformed-control", "malformed-json", "malformed-row", "oversized");
    assertThat(letters.get("malformed-json")).isEqualTo(broken);
    assertThat(letters.get("oversized")).isEqualTo(oversized);
  }

  @Test
  @Order(6)
  void aHardDeletedPostTakesItsCountersWithItAndARefreshWritesWhatIsKnown() throws Exception {
    product.post(6);
    product.like(6, 1, false);
    await().untilAsserted(() -> assertLikes(6, 1));
    product.deletePost(6);
    await().untilAsserted(() -> assertGone(6));

    redis.hset("counters:{post:5}", "likes", "12345");
    product.refresh(5);
    await().untilAsserted(() -> assertLikes(5, 1));
  }

  @Test
  @Order(7)
  void anOutageOfOneStoreStopsNotTheOtherAndNothingIsLost() throws Exception {
    product.post(7);
    stack.kill(Server.POSTGRES);
    for (int user = 1; user <= 50; user++) {
      product.like(7, user, false);
    }
    await().untilAsserted(() -> assertThat(inRedis(7)).isEqualTo("50"));
    stack.start(Server.POSTGRES);
    postgres = PostgresAddress.sink(options()).connect();
    await().untilAsserted(() -> assertLikes(7, 50));

    stack.kill(Server.REDIS);
    for (int user = 51; user <= 60; user++) {
      product.like(7, user, false);
    }
    await().untilAsserted(() -> assertThat(inPostgres(7)).isEqualTo("60"));
    stack.start(Server.REDIS);
    redis = new Jedis(URI.create(stack.redisUrl()));
    await().untilAsserted(() -> assertLikes(7, 60));
  }

  @Test
  @Order(8)
  void aSavepointIsTakenUpAtAnotherParallelismThereAndBack() throws Exception {
    for (int parallelism : List.of(6, 1)) { // the topics have 4 partitions
      String savepoint = Savepoint.stop(job, checkpoints);
      long post = 80 + parallelism;
      product.post(post);
      product.like(post, 1, false);
      product.like(1, 100 + parallelism, false);
      job = start(parallelism, savepoint);
      await().untilAsserted(() -> assertLikes(post, 1));
    }
    await().untilAsserted(() -> assertLikes(1, 7));
    assertLikes(7, 60);
  }

  @Test
  @Order(9)
  void progressPassesWhatWasCommitted() throws Exception {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select count(*) from streams.pipeline_progress"
                                + " where visible_lsn >= '0/40'"))
                    .isEqualTo("2"));
    assertThat(redis.hgetAll("progress")).containsKeys("counters.redis", "counters.postgres");
  }

  @Test
  @Order(10)
  void anOlderRedisIsFilledAgainByTheJobItself() throws Exception {
    String before = ask("select max(visible_lsn) from streams.pipeline_progress");
    older.putBack();
    redis = new Jedis(URI.create(stack.redisUrl()));
    assertThat(inRedis(1)).as("what it had once").isEqualTo("777");
    await().untilAsserted(() -> assertLikes(1, 7));
    assertLikes(7, 60);
    await().untilAsserted(() -> assertGone(997));
    product.like(1, 999, false);
    await().untilAsserted(() -> assertLikes(1, 8));
    awaitProgressBeyond(before);
  }

  @Test
  @Order(11)
  void eventsOfAnAbortedTransactionAreNeverCountedAndAnOpenOneStopsNoRow() throws Exception {
    product.post(11);
    product.post(12);
    try (var transactions = transactions("aborts")) {
      transactions.beginTransaction();
      for (int i = 0; i < 8; i++) {
        transactions.send(ProductTopics.eventRecord("aborted-" + i, 11));
      }
      transactions.flush();
      transactions.abortTransaction();
    }
    product.event("behind-the-aborted", 11);
    await().until(() -> inRedis(11) != null);
    assertThat(inRedis(11)).isEqualTo("1");

    try (var transactions = transactions("hangs")) {
      transactions.beginTransaction();
      transactions.send(ProductTopics.eventRecord("open", 12));
      transactions.flush();
      product.event("behind-the-open", 12);
      String before = ask("select max(visible_lsn) from streams.pipeline_progress");
      product.like(12, 1, true);
      product.like(12, 2, true);
      await().untilAsserted(() -> assertLikes(12, 2));
      awaitProgressBeyond(before);
      await().untilAsserted(() -> assertLikes(11, 0)); // is settled meanwhile
      transactions.abortTransaction();
    }
    await().untilAsserted(() -> assertLikes(12, 2));
  }

  @Test
  @Order(12)
  void inASilenceMinutesAndListsGoOnAndWhatNotAllMaySeeLeaves() throws Exception {
    Instant whole = started.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    await().atMost(Duration.ofSeconds(70)).until(() -> Instant.now().isAfter(whole));
    product.user(21, true);
    product.user(22, true);
    product.post(21, 21, "public");
    product.post(22, 22, "public");
    product.post(23, 21, "public");
    product.user(25, true);
    product.post(25, 25, "public");
    product.post(26, 21, "public");
    for (long post = 21; post <= 26; post++) { // there is no post 24
      product.event("listed-" + post, post);
    }
    await()
        .atMost(Duration.ofSeconds(110))
        .untilAsserted(
            () -> assertThat(listed()).contains("21", "22", "23", "25", "26").doesNotContain("24"));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select sum(likes) from streams.counter_windows"
                                + " where target_type = 'post' and target_id between 21 and 26"))
                    .isEqualTo("6"));
    product.post(21, 21, "private");
    product.user(22, false);
    product.deletePost(23);
    product.privateAccount(25);
    product.post(26, 21, "unlisted");
    await().untilAsserted(() -> assertThat(listed()).doesNotContain("21", "22", "23", "25", "26"));
  }

  // --- in the words of the tests
  // --------------------------------------------------------------------

  private static void awaitProgressBeyond(String lsn) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        ask(
                            "select count(*) from streams.pipeline_progress where visible_lsn > '"
                                + lsn
                                + "'"))
                    .isEqualTo("2"));
  }

  private static JobClient start(int parallelism, String savepoint) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("state.backend.type", "rocksdb");
    cluster.setString("execution.checkpointing.interval", "1 s");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("pipeline.max-parallelism", "720");
    cluster.setString("parallelism.default", Integer.toString(parallelism));
    cluster.setString("taskmanager.numberOfTaskSlots", "6");
    if (savepoint != null) {
      cluster.setString("execution.state-recovery.path", savepoint);
    }
    Configuration options = options();
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, cluster);
    env.setMaxParallelism(720);
    IdKinds kinds = PostgresAddress.sink(options).idKinds();
    CountersJob.build(
        CounterSources.of(env, options, kinds),
        new StoreSinks(CountersJob.NAME, options, kinds),
        new PostgresRunNumbers(PostgresAddress.sink(options)),
        CounterOptions.totals(options, Duration.ofMillis(200)),
        options);
    return env.executeAsync(CountersJob.NAME);
  }

  private static Configuration options() {
    List<String> args = new ArrayList<>();
    for (String side : List.of("source", "sink")) {
      args.addAll(List.of("--postgres." + side + ".url", stack.postgresJdbcUrl()));
      args.addAll(List.of("--postgres." + side + ".user", stack.postgresUser()));
      File password = stack.postgresPasswordFile().toFile();
      args.addAll(List.of("--postgres." + side + ".password-file", password.toString()));
    }
    args.addAll(List.of("--kafka.bootstrap", stack.kafkaBootstrap()));
    args.addAll(List.of("--redis.url", stack.redisUrl()));
    args.addAll(List.of("--counters.grace", GRACE));
    return OptionLoader.load(args.toArray(String[]::new), CounterOptions.OPTIONS.all());
  }

  private static List<String> listed() {
    return redis.zrange("trending:posts:1h", 0, -1);
  }

  private static KafkaProducer<byte[], byte[]> transactions(String id) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("transactional.id", "counters-job-it-" + id);
    properties.setProperty("transaction.timeout.ms", "120000");
    var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static void assertLikes(long post, long likes) throws SQLException {
    assertThat(inRedis(post)).isEqualTo(Long.toString(likes));
    assertThat(inPostgres(post)).isEqualTo(Long.toString(likes));
  }

  private static String inRedis(long post) {
    return redis.hget("counters:{post:" + post + "}", "likes");
  }

  private static String inPostgres(long post) throws SQLException {
    return ask(
        "select likes_count from streams.counters where target_type = 'post' and target_id = "
            + post);
  }

  private static void assertGone(long post) throws SQLException {
    Map<String, String> held = redis.hgetAll("counters:{post:" + post + "}");
    assertThat(held.isEmpty() || held.containsKey("deleted")).isTrue();
    assertThat(
            ask(
                "select count(*) from streams.counters where target_type = 'post'"
                    + " and deleted_at is null and target_id = "
                    + post))
        .isEqualTo("0");
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

  private static Map<String, byte[]> deadLetters(int expected) {
    Map<String, byte[]> letters = new TreeMap<>();
    read(
        "dead-letters",
        letter -> {
          byte[] reason = letter.headers().lastHeader("reason").value();
          letters.put(new String(reason, StandardCharsets.UTF_8), letter.value());
          return letters.size() >= expected;
        });
    return letters;
  }

  /** The first correction of a post. */
  private static DriftRecord drift(long post) {
    AtomicReference<DriftRecord> found = new AtomicReference<>();
    read(
        DriftRecord.TOPIC,
        record -> {
          DriftRecord drift = DriftRecord.parse(record.value(), IdKinds.NUMBERS);
          return drift.targetId().equals(Id.of(post)) && found.compareAndSet(null, drift);
        });
    return found.get();
  }

  private interface Seen {
    /** Whether that was enough. */
    boolean isLast(ConsumerRecord<byte[], byte[]> record) throws Exception;
  }

  /** Reads a topic from its beginning. */
  private static void read(String topic, Seen seen) {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("group.id", "counters-job-it-" + topic);
    properties.setProperty("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      await()
          .until(
              () -> {
                boolean last = false;
                for (ConsumerRecord<byte[], byte[]> record :
                    consumer.poll(Duration.ofMillis(200))) {
                  last |= seen.isLast(record);
                }
                return last;
              });
    }
  }
}
