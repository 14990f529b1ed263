package com.shareuptime.streams.feeds.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.testing.Savepoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
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

/**
 * The real topology with its real source and sinks, on a Flink of this JVM and on servers of their
 * own. One job goes through all tests, in order, as in production.
 */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FeedArchiveJobIT {
  @TempDir private static Path checkpoints;

  private static FeedStore store;
  private static LocalStack stack;
  private static DeliveryTopic topic;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    store = FeedStore.start(Set.of(Server.POSTGRES, Server.KAFKA, Server.REDIS));
    stack = store.stack();
    store.sql("truncate streams.user_feeds");
    store.sql("delete from streams.pipeline_progress");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    topic = new DeliveryTopic(stack.kafkaBootstrap());
  }

  @AfterAll
  static void stop() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    topic.close();
  }

  @Test
  @Order(1)
  void whatWasDeliveredBeforeTheStartIsThereOnce() throws Exception {
    long last = topic.deliver(200);
    job = start(1, null);
    awaitVisible(last);
    assertComplete(last);
  }

  @Test
  @Order(2)
  void progressNeverClaimsWhatIsNotThere() throws Exception {
    long visible = visible();
    long last = visible;
    for (int round = 0; round < 50; round++) {
      last = topic.deliver(100);
      visible = assertPromiseIsKept(visible);
    }
    awaitVisible(last);
    assertComplete(last);
  }

  @Test
  @Order(3)
  void aBadRecordIsSetAsideAsItCameAndTheJobGoesOn() throws Exception {
    byte[] broken = "{\"author_id\":".getBytes(StandardCharsets.UTF_8);
    topic.raw(broken);
    long last = topic.deliver(1);
    awaitVisible(last);
    ConsumerRecord<byte[], byte[]> letter = deadLetter();
    assertThat(letter.value()).isEqualTo(broken);
    assertThat(letter.headers().lastHeader("reason").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("malformed-delivery");
  }

  @Test
  @Order(4)
  void aRestartOfPostgresInTheMiddleLosesNothing() throws Exception {
    long before = topic.deliver(3_000);
    stack.kill(Server.POSTGRES);
    long last = topic.deliver(20_000);
    stack.start(Server.POSTGRES);
    long visible = visible();
    while (visible < last) {
      visible = assertPromiseIsKept(visible);
    }
    assertThat(last).isGreaterThan(before);
    assertComplete(last);
  }

  @Test
  @Order(5)
  void aSavepointIsTakenUpAtAnotherParallelismThereAndBack() throws Exception {
    for (int parallelism : List.of(6, 1)) { // the topics have 4 partitions
      topic.deliver(2_000);
      String savepoint = Savepoint.stop(job, checkpoints);
      long visible = visible();
      long last = topic.deliver(2_000);
      job = start(parallelism, savepoint);
      while (visible < last) {
        visible = assertPromiseIsKept(visible);
      }
      assertComplete(last);
    }
  }

  // --- in the words of the tests
  // --------------------------------------------------------------------

  /** Takes what is promised first, and looks then; returns it. */
  private static long assertPromiseIsKept(long before) throws SQLException {
    long visible = visible();
    assertThat(visible).isGreaterThanOrEqualTo(before);
    assertRows(store.count("post_id <= " + visible), visible);
    return visible;
  }

  private static void assertComplete(long last) throws SQLException {
    assertRows(store.count("true"), last);
  }

  private static void assertRows(long rows, long last) throws SQLException {
    long all = last * DeliveryTopic.USERS;
    String lacking = rows == all ? "" : lacking(last);
    assertThat(rows).as("posts up to %d that lack rows: %s", last, lacking).isEqualTo(all);
  }

  /** Up to a hundred of them: neighbours say another thing than those of one partition. */
  private static String lacking(long last) throws SQLException {
    return store.ask(
        "select string_agg(post::text, ' ' order by post) from (select post from generate_series(1,"
            + " "
            + last
            + ") post left join streams.user_feeds on post_id = post"
            + " group by post having count(post_id) < "
            + DeliveryTopic.USERS
            + " order by post limit 100) lacking");
  }

  private static void awaitVisible(long lsn) {
    await().untilAsserted(() -> assertThat(visible()).isGreaterThanOrEqualTo(lsn));
  }

  private static long visible() throws SQLException {
    String lsn =
        store.ask(
            "select (visible_lsn - '0/0')::bigint from streams.pipeline_progress where surface ="
                + " 'feeds.postgres'");
    return lsn == null ? 0 : Long.parseLong(lsn);
  }

  private static JobClient start(int parallelism, String savepoint) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("execution.checkpointing.interval", "500 ms");
    cluster.setString("execution.checkpointing.tolerable-failed-checkpoints", "10000");
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
    FeedArchiveJob.build(FeedArchiveJob.deliveries(env, options), IdKinds.NUMBERS, options);
    return env.executeAsync(FeedArchiveJob.NAME);
  }

  private static Configuration options() {
    return OptionLoader.load(
        new String[] {
          "--postgres.sink.url", stack.postgresJdbcUrl(),
          "--postgres.sink.user", stack.postgresUser(),
          "--postgres.sink.password-file", stack.postgresPasswordFile().toString(),
          "--kafka.bootstrap", stack.kafkaBootstrap(),
          "--redis.url", stack.redisUrl(),
          "--feeds.archive.flush", "100 ms"
        },
        FeedArchiveOptions.OPTIONS.all());
  }

  private static ConsumerRecord<byte[], byte[]> deadLetter() {
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", stack.kafkaBootstrap());
    properties.setProperty("group.id", "feed-archive-job-it");
    properties.setProperty("auto.offset.reset", "earliest");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("dead-letters"));
      return await()
          .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
          .iterator()
          .next();
    }
  }
}
