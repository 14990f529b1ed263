package com.shareuptime.streams.counters;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.option.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the product and ingest put into Kafka, by a test's hand: events, rows, and a heartbeat every
 * 100 ms in every partition. LSNs are a count of the rows written.
 */
final class ProductTopics implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private final List<CdcTable> tables;
  private final AtomicLong lsn = new AtomicLong();
  private volatile boolean beating = true;

  /** Those of the canonical model. */
  ProductTopics(String bootstrap) {
    this(bootstrap, IdKinds.NUMBERS);
  }

  ProductTopics(String bootstrap, IdKinds entities) {
    tables = new CountedTables(entities).all();
    Properties properties = new KafkaAddress(bootstrap, null).properties();
    properties.setProperty("max.request.size", Integer.toString(4 << 20));
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    heart.scheduleAtFixedRate(this::beat, 0, 100, TimeUnit.MILLISECONDS);
  }

  /** Stops or resumes the heartbeats: an outage of ingest. */
  void beating(boolean on) {
    beating = on;
  }

  void post(long id) {
    post(id, 1, "public");
  }

  void post(long id, long author, String visibility) {
    row(
        CdcTable.POSTS,
        "{\"id\":" + id + "}",
        "{\"id\":%d,\"author_id\":%d,\"is_deleted\":false,\"visibility\":\"%s\"}"
            .formatted(id, author, visibility));
  }

  void user(long id, boolean active) {
    row(
        CdcTable.USERS,
        "{\"id\":" + id + "}",
        "{\"id\":%d,\"is_active\":%s}".formatted(id, active));
  }

  void privateAccount(long id) {
    row(
        CdcTable.USERS,
        "{\"id\":" + id + "}",
        "{\"id\":%d,\"is_active\":true,\"is_private\":true}".formatted(id));
  }

  /** A post's row goes for good. */
  void deletePost(long id) {
    row(CdcTable.POSTS, "{\"id\":" + id + "}", null);
  }

  /** The row of a like, and its event unless {@code lost}. */
  void like(long post, long user, boolean lost) {
    row(CdcTable.LIKES, likeKey(post, user), likeRow(post, user));
    if (!lost) {
      event(UUID.randomUUID().toString(), post);
    }
  }

  void unlikeRow(long post, long user) {
    row(CdcTable.LIKES, likeKey(post, user), null);
  }

  /** An event that says a post was liked. */
  void event(String id, long post) {
    producer.send(eventRecord(id, post));
  }

  /** The same as a record that has not been sent, beside those of {@link #event}. */
  static ProducerRecord<byte[], byte[]> eventRecord(String id, long post) {
    return record(
        "likes-events",
        "{\"event_id\":\"%s\",\"type\":\"like\",\"action\":\"create\",\"target\":\"post\",\"target_id\":%d,\"occurred_at\":\"%s\"}"
            .formatted(id, post, Instant.now())
            .getBytes(StandardCharsets.UTF_8));
  }

  void raw(String topic, byte[] value) {
    producer.send(record(topic, value));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ProducerRecord<>(topic, "post:1".getBytes(StandardCharsets.UTF_8), value);
  }

  void refresh(long post) {
    raw(
        "pipeline-control",
        "{\"job\":\"counters\",\"action\":\"refresh\",\"target\":\"post\",\"target_id\":%d}"
            .formatted(post)
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A row is there, or gone.
   *
   * @param after null if it is gone
   */
  void row(CdcTable table, String key, String after) {
    var version = new RowVersion(1 << 20, lsn.incrementAndGet());
    String value =
        "{\"before\":null,\"after\":%s,\"source\":{\"lsn\":%d,\"ts_ms\":%d},\"op\":\"%s\"}"
            .formatted(
                after, version.commit(), System.currentTimeMillis(), after == null ? "d" : "c");
    var record =
        new ProducerRecord<>(
            table.topic(),
            key.getBytes(StandardCharsets.UTF_8),
            value.getBytes(StandardCharsets.UTF_8));
    record.headers().add(RowVersion.HEADER, version.toHeader());
    producer.send(record);
  }

  private void beat() {
    if (!beating) {
      return;
    }
    long position = lsn.get();
    long micros = System.currentTimeMillis() * 1000;
    for (CdcTable table : tables) {
      int partitions = producer.partitionsFor(table.topic()).size();
      for (int partition = 0; partition < partitions; partition++) {
        var beat = new Heartbeat(micros, position, partition, partitions, 1 << 20);
        var record =
            new ProducerRecord<byte[], byte[]>(
                table.topic(), partition, Heartbeat.key(partition), null);
        record.headers().add(Heartbeat.HEADER, beat.toHeader());
        producer.send(record);
      }
    }
    producer.flush();
  }

  private static String likeKey(long post, long user) {
    return "{\"target_type\":\"post\",\"target_id\":%d,\"user_id\":%d}".formatted(post, user);
  }

  private static String likeRow(long post, long user) {
    return "{\"target_type\":\"post\",\"target_id\":%d,\"user_id\":%d,\"created_at\":\"%s\"}"
        .formatted(post, user, Instant.now());
  }

  @Override
  public void close() {
    heart.shutdownNow();
    producer.close();
  }
}
