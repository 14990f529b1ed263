package com.shareuptime.streams.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.deadletter.DeadLetterRecord;
import com.shareuptime.streams.drift.DriftRecord;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.option.OpenSearchAddress;
import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.option.PostgresAddress;
import com.shareuptime.streams.sink.opensearch.OpenSearchClient;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.Migrations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real topology on a real Kafka, Postgres and OpenSearch. */
@Timeout(240)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveJobIT {
  @TempDir private static Path checkpoints;

  private static LocalStack stack;
  private static Configuration options;
  private static OpenSearchClient openSearch;
  private static KafkaProducer<byte[], byte[]> producer;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    Awaitility.ignoreExceptionsByDefault(); // a store is away, or has no index yet
    stack = LocalStack.shared(Set.of(Server.POSTGRES, Server.KAFKA, Server.OPENSEARCH));
    BaseSchema.apply(stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
    Migrations.sink(stack.postgresJdbcUrl(), stack.postgresUser(), stack.postgresPassword());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    options = options();
    openSearch = new OpenSearchClient(OpenSearchAddress.of(options));
    producer =
        new KafkaProducer<>(
            KafkaAddress.of(options).properties(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    job = start();
  }

  @AfterAll
  static void stop() throws Exception {
    job.cancel().get();
    producer.close();
  }

  @Test
  @Order(1)
  void aCorrectionIsOneRowWithTheNewestOfWhatWasSaidOfIt() throws Exception {
    correction(1, 2, 50);
    correction(1, 3, 60);
    correction(1, 3, 60);
    correction(1, 9, 40);
    correction(2, 1, 10);
    await().untilAsserted(() -> assertThat(rows()).containsExactly("1: 3 v60", "2: 1 v10"));
  }

  @Test
  @Order(2)
  void aDeadLetterIsFoundByAWordInItsValueOrItsReason() throws Exception {
    byte[] value = "{\"post_id\":42,\"note\":\"needle\"".getBytes(StandardCharsets.UTF_8);
    letter(value, "malformed-json");
    letter(new byte[] {1}, "oversized");
    await()
        .untilAsserted(
            () -> {
              assertThat(found("value:needle AND job:counters")).hasSize(1);
              assertThat(found("reason:oversized")).hasSize(1);
            });
    JsonNode letter = found("value:\"post_id 42\"").get(0);
    assertThat(letter.path("topic").asText()).isEqualTo("likes-events");
    assertThat(letter.path("offset").asLong()).isEqualTo(9);
  }

  @Test
  @Order(3)
  void whatIsNoCorrectionOrNoLetterStopsNothing() throws Exception {
    send(record(DriftRecord.TOPIC, null, "{\"target_type\":"));
    send(record(DriftRecord.TOPIC, null, "{}"));
    send(new ProducerRecord<>(DriftRecord.TOPIC, new byte[0], null));
    List<Header> headers =
        List.of(
            new RecordHeader("offset", "far".getBytes(StandardCharsets.UTF_8)),
            new RecordHeader("reason", null));
    send(new ProducerRecord<>(DeadLetterRecord.TOPIC, null, Long.MAX_VALUE, null, null, headers));
    send(record(DeadLetterRecord.TOPIC, new byte[] {(byte) 0xf0, 0}, "\u0000no letter"));
    correction(3, 1, 10);
    await().untilAsserted(() -> assertThat(rows()).contains("3: 1 v10"));
    await()
        .untilAsserted(
            () -> {
              assertThat(found("reason:malformed-drift AND topic:counter-drift")).hasSize(3);
              assertThat(found("value:\"no letter\"")).hasSize(1);
              assertThat(found("*:*")).hasSize(7);
            });
  }

  @Test
  @Order(4)
  void aStartThatReadsAllAgainWritesNothingTwice() throws Exception {
    List<String> before = rows();
    job.cancel().get();
    job = start();
    correction(4, 1, 10);
    await()
        .untilAsserted(() -> assertThat(versions()).isNotEmpty().allMatch(version -> version > 1));
    await().untilAsserted(() -> assertThat(rows()).contains("4: 1 v10"));
    assertThat(rows()).hasSize(before.size() + 1).containsAll(before);
    // of three bad records, each start says once more that they are bad
    assertThat(found("NOT topic:counter-drift")).hasSize(4);
  }

  @Test
  @Order(5)
  void anOutageOfOneStoreDelaysOnlyWhatGoesThere() throws Exception {
    stack.kill(Server.POSTGRES);
    correction(5, 1, 10);
    letter("meanwhile".getBytes(StandardCharsets.UTF_8), "malformed-json");
    await().untilAsserted(() -> assertThat(found("value:meanwhile")).hasSize(1));
    stack.start(Server.POSTGRES);
    await().untilAsserted(() -> assertThat(rows()).contains("5: 1 v10"));
  }

  // --- in the words of the tests
  // --------------------------------------------------------------------

  private static void correction(long post, long amount, long version) throws Exception {
    DriftRecord drift =
        new DriftRecord(
            "post", Id.of(post), "like", "create", "phantom", 1_000, amount, version, "counters");
    send(new ProducerRecord<>(DriftRecord.TOPIC, drift.key(), drift.value()));
  }

  private static void letter(byte[] value, String reason) throws Exception {
    DeadLetter letter =
        new DeadLetter(
            value,
            null,
            reason,
            "counters",
            "likes-events",
            3,
            9,
            System.currentTimeMillis(),
            "it ends too early");
    send(new DeadLetterRecord().serialize(letter, null, null));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, String value) {
    return new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
  }

  private static List<String> rows() throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection postgres = PostgresAddress.sink(options).connect();
        Statement statement = postgres.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select target_id || ': ' || amount || ' v' || version from streams.counter_drift"
                    + " where kind = 'like' and reason = 'phantom' and job = 'counters'"
                    + " and bucket = '1970-01-01T00:00:01Z' order by id")) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  /** What the query of an operator finds, in the words of the search box. */
  private static List<JsonNode> found(String words) throws Exception {
    return hits(words).findValues("_source");
  }

  private static List<Long> versions() throws Exception {
    return hits("NOT topic:counter-drift").findValues("_version").stream()
        .map(JsonNode::asLong)
        .toList();
  }

  private static JsonNode hits(String words) throws Exception {
    openSearch.ask("POST", "/dead-letters/_refresh", "");
    return openSearch
        .ask(
            "POST",
            "/dead-letters/_search",
            "{\"size\":100,\"version\":true,\"query\":{\"query_string\":{\"query\":\"%s\"}}}"
                .formatted(words.replace("\"", "\\\"")))
        .path("hits")
        .path("hits");
  }

  private static JobClient start() throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("execution.checkpointing.interval", "500 ms");
    cluster.setString("execution.checkpointing.tolerable-failed-checkpoints", "10000");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("restart-strategy.type", "exponential-delay");
    cluster.setString("restart-strategy.exponential-delay.initial-backoff", "500 ms");
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("taskmanager.numberOfTaskSlots", "2");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, cluster);
    KafkaAddress kafka = KafkaAddress.of(options);
    ArchiveJob.build(
        new KafkaInputs(ArchiveJob.NAME, env, kafka, KafkaTopics.of(kafka)),
        options,
        PostgresAddress.sink(options).idKinds());
    return env.executeAsync(ArchiveJob.NAME);
  }

  private static Configuration options() {
    return OptionLoader.load(
        new String[] {
          "--postgres.sink.url", stack.postgresJdbcUrl(),
          "--postgres.sink.user", stack.postgresUser(),
          "--postgres.sink.password-file", stack.postgresPasswordFile().toString(),
          "--kafka.bootstrap", stack.kafkaBootstrap(),
          "--opensearch.url", stack.openSearchUrl()
        },
        ConnectionOptions.all());
  }
}
