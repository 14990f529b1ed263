package com.shareuptime.streams.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.deadletter.DeadLetterSink;
import com.shareuptime.streams.embed.text.ParseText;
import com.shareuptime.streams.embed.text.TextRow;
import com.shareuptime.streams.embed.topic.ParseVector;
import com.shareuptime.streams.embed.vector.KnownVector;
import com.shareuptime.streams.embed.vector.VectorSettings;
import com.shareuptime.streams.embed.vector.VectorType;
import com.shareuptime.streams.embed.vector.Vectors;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.source.KafkaInputs;
import com.shareuptime.streams.source.KafkaTopics;
import com.shareuptime.streams.testing.Savepoint;
import com.shareuptime.streams.vector.DocumentVector;
import com.shareuptime.streams.vector.TextHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real topology on a real Kafka, with the real model. */
@Timeout(240)
class EmbedJobIT {
  private static final long DELETED = 2;
  private static final VectorSettings SETTINGS =
      new VectorSettings(1, 8, 50, 1_000_000_000, 1_000_000_000);

  @TempDir private static Path checkpoints;

  private static KafkaAddress kafka;
  private static KafkaProducer<byte[], byte[]> producer;
  private static KafkaConsumer<byte[], byte[]> reader;
  private static final List<String> written = new ArrayList<>();
  private static long lsn;
  private static JobClient job;

  @BeforeAll
  static void prepare() throws Exception {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    LocalStack stack = LocalStack.shared(Set.of(Server.KAFKA));
    kafka = new KafkaAddress(stack.kafkaBootstrap(), null);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafkaBootstrap()))) {
      new Topics(admin).apply();
    }
    producer =
        new KafkaProducer<>(
            kafka.properties(), new ByteArraySerializer(), new ByteArraySerializer());
    var properties = kafka.properties();
    properties.setProperty("group.id", "embed-test");
    properties.setProperty("auto.offset.reset", "earliest");
    reader =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    reader.subscribe(List.of(DocumentVector.TOPIC));
  }

  @AfterAll
  static void close() throws Exception {
    if (job != null) {
      job.cancel().get();
    }
    producer.close();
    reader.close();
  }

  @Test
  void everyTextIsComputedOnceAlsoByAJobThatStartsAnew() throws Exception {
    row(CdcTable.POSTS, 1, "\"content\":\"one\"");
    row(CdcTable.REELS, 1, "\"caption\":\"a reel\"");
    job = start(2, null, EmbedJobIT::buildAsBefore); // a savepoint of an earlier build goes on
    awaitWritten("post:1 one", "reel:1 a reel");

    String savepoint = Savepoint.stop(job, checkpoints);
    row(CdcTable.POSTS, 1, "\"content\":\"__debezium_unavailable_value\"");
    row(CdcTable.POSTS, DELETED, "\"content\":\"two\"");
    job = start(1, savepoint); // the topic was read to its end: that goes on from the savepoint
    awaitWritten("post:2 two");
    delete(DELETED);
    awaitWritten("post:2 null");
    job.cancel().get();

    row(CdcTable.POSTS, 3, "\"content\":\"three\"");
    job = start(1, null);
    awaitComputed("post:3 three");
  }

  private interface Build {
    void topology(EmbedSources in, KafkaAddress out, VectorSettings settings);
  }

  private static JobClient start(int parallelism, String savepoint) throws Exception {
    return start(
        parallelism,
        savepoint,
        (in, out, settings) -> EmbedJob.build(in, out, settings, IdKinds.NUMBERS));
  }

  /** The job as it was when it wrote by Flink's own sink. */
  private static void buildAsBefore(EmbedSources in, KafkaAddress out, VectorSettings settings) {
    var texts =
        in.rows()
            .process(new ParseText(EmbedJob.NAME, IdKinds.NUMBERS))
            .returns(TextRow.TYPE)
            .uid("parse-texts")
            .setParallelism(in.rows().getParallelism());
    var known =
        in.vectors()
            .process(new ParseVector(EmbedJob.NAME, IdKinds.NUMBERS))
            .returns(KnownVector.TYPE)
            .uid("parse-vectors")
            .setParallelism(in.vectors().getParallelism());
    texts
        .connect(known)
        .keyBy(TextRow::document, KnownVector::document, Types.STRING)
        .transform("vectors", VectorType.TYPE, new Vectors(settings, IdKinds.NUMBERS))
        .uid("vectors")
        .sinkTo(
            KafkaSink.<DocumentVector>builder()
                .setKafkaProducerConfig(out.properties())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(
                    (vector, context, time) ->
                        new ProducerRecord<>(DocumentVector.TOPIC, vector.key(), vector.value()))
                .build())
        .uid("sink-vectors");
    DeadLetterSink.write(
        texts
            .getSideOutput(ParseText.DEAD_LETTERS)
            .union(known.getSideOutput(ParseVector.DEAD_LETTERS)),
        out);
  }

  private static JobClient start(int parallelism, String savepoint, Build build) throws Exception {
    Configuration cluster = new Configuration();
    cluster.setString("state.backend.type", "rocksdb");
    cluster.setString("execution.checkpointing.interval", "1 s");
    cluster.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    cluster.setString("pipeline.generic-types", "false");
    cluster.setString("pipeline.object-reuse", "true");
    cluster.setString("taskmanager.numberOfTaskSlots", "2");
    if (savepoint != null) {
      cluster.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, cluster);
    env.setMaxParallelism(720);
    build.topology(
        EmbedSources.of(new KafkaInputs(EmbedJob.NAME, env, kafka, KafkaTopics.of(kafka))),
        kafka,
        SETTINGS);
    return env.executeAsync(EmbedJob.NAME);
  }

  private static void row(CdcTable table, long id, String text) {
    send(table, id, "{\"id\":%d,%s}".formatted(id, text), "u");
  }

  private static void delete(long post) {
    send(CdcTable.POSTS, post, "null", "d");
  }

  private static void send(CdcTable table, long id, String after, String op) {
    var version = new RowVersion(1, ++lsn);
    var record =
        new ProducerRecord<>(
            table.topic(),
            utf8("{\"id\":" + id + "}"),
            utf8(
                "{\"before\":null,\"after\":%s,\"source\":{\"lsn\":%d,\"ts_ms\":%d},\"op\":\"%s\"}"
                    .formatted(after, lsn, System.currentTimeMillis(), op)));
    record.headers().add(RowVersion.HEADER, version.toHeader());
    producer.send(record);
    producer.flush();
  }

  /** Waits until just these have come since the last look, in any order. */
  private static void awaitWritten(String... expected) {
    await()
        .untilAsserted(
            () -> {
              look();
              assertThat(written).containsExactlyInAnyOrder(expected);
            });
    written.clear();
  }

  /**
   * Waits until just this text has been computed, of posts that are there: a start anew meets the
   * text of a deleted one as well, and may meet its delete too late to leave it out.
   */
  private static void awaitComputed(String expected) {
    await()
        .untilAsserted(
            () -> {
              look();
              assertThat(written)
                  .filteredOn(one -> !one.startsWith("post:" + DELETED + " "))
                  .containsExactly(expected);
            });
    written.clear();
  }

  private static void look() {
    reader
        .poll(Duration.ofMillis(200))
        .forEach(
            record -> {
              String key = new String(record.key(), StandardCharsets.UTF_8);
              written.add(key + " " + text(record.key(), record.value()));
            });
  }

  private static String text(byte[] key, byte[] value) {
    try {
      String hash = DocumentVector.parse(key, value).textHash();
      return List.of("one", "two", "three", "a reel").stream()
          .filter(text -> TextHash.of(text).equals(hash))
          .findFirst()
          .orElse("null");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
