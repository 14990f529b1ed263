package com.shareuptime.streams.feeds;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdJson;
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
 * What the product and ingest put into Kafka, by a test's hand, and a heartbeat every 100 ms in
 * every partition of the tables that feeds cannot do without. LSNs are a count of the rows written.
 */
final class FeedTopics implements AutoCloseable {
  private static final List<CdcTable> TABLES =
      List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.FOLLOWS);
  private static final long GENERATION = 1 << 20;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong lsn = new AtomicLong();

  FeedTopics(String bootstrap) {
    Properties properties = new KafkaAddress(bootstrap, null).properties();
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    heart.scheduleAtFixedRate(this::beat, 0, 100, TimeUnit.MILLISECONDS);
  }

  /** An account that is active. */
  void user(Id id) {
    user(id, true, "");
  }

  /**
   * @param more columns as JSON
   */
  void user(Id id, boolean active, String more) {
    String columns = "{\"id\":%s,\"is_active\":%b%s}".formatted(IdJson.node(id), active, more);
    row(CdcTable.USERS, key(id), columns);
  }

  /**
   * A row of which it matters only whose it is.
   *
   * @param column that says so
   */
  void own(CdcTable table, String column, Id user, Instant createdAt) {
    String columns =
        "{\"%s\":%s,\"created_at\":\"%s\"}".formatted(column, IdJson.node(user), createdAt);
    row(table, "{\"id\":%d}".formatted(lsn.get() + 1), columns);
  }

  /**
   * @param more columns as JSON
   */
  void post(Id id, Id author, Instant createdAt, String visibility, String more) {
    row(
        CdcTable.POSTS,
        key(id),
        ("{\"id\":%s,\"author_id\":%s,\"visibility\":\"%s\",\"is_deleted\":false,"
                + "\"created_at\":\"%s\"%s}")
            .formatted(IdJson.node(id), IdJson.node(author), visibility, createdAt, more));
  }

  void follow(Id follower, Id followee, Instant createdAt) {
    String key =
        "{\"follower_id\":%s,\"followee_id\":%s"
            .formatted(IdJson.node(follower), IdJson.node(followee));
    String row = key + ",\"status\":\"accepted\",\"created_at\":\"%s\"}".formatted(createdAt);
    row(CdcTable.FOLLOWS, key + "}", row);
  }

  /**
   * @param user as JSON
   */
  void activity(String user) {
    send(
        "user-activity", "{\"event_id\":\"%s\",\"user_id\":%s}".formatted(UUID.randomUUID(), user));
  }

  private static String key(Id id) {
    return "{\"id\":%s}".formatted(IdJson.node(id));
  }

  private void send(String topic, String value) {
    producer.send(new ProducerRecord<>(topic, utf8(value)));
  }

  private synchronized void row(CdcTable table, String key, String after) {
    var version = new RowVersion(GENERATION, lsn.incrementAndGet());
    String value =
        "{\"before\":null,\"after\":%s,\"source\":{\"lsn\":%d,\"ts_ms\":%d},\"op\":\"c\"}"
            .formatted(after, version.commit(), System.currentTimeMillis());
    var record = new ProducerRecord<>(table.topic(), utf8(key), utf8(value));
    record.headers().add(RowVersion.HEADER, version.toHeader());
    producer.send(record);
  }

  private synchronized void beat() {
    long micros = System.currentTimeMillis() * 1000;
    for (CdcTable table : TABLES) {
      int partitions = producer.partitionsFor(table.topic()).size();
      for (int partition = 0; partition < partitions; partition++) {
        var beat = new Heartbeat(micros, lsn.get(), partition, partitions, GENERATION);
        var record =
            new ProducerRecord<byte[], byte[]>(
                table.topic(), partition, Heartbeat.key(partition), null);
        record.headers().add(Heartbeat.HEADER, beat.toHeader());
        producer.send(record);
      }
    }
    producer.flush();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    heart.shutdownNow();
    producer.close();
  }
}
