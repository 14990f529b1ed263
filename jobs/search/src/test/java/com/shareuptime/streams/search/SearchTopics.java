package com.shareuptime.streams.search;

import static com.shareuptime.streams.contract.IdJson.node;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.vector.DocumentVector;
import com.shareuptime.streams.vector.TextHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What ingest and the counters job put into Kafka, by a test's hand, and a heartbeat every 100 ms
 * in every partition. LSNs are a count of the rows written by all tests of this JVM, which share
 * the topics, and so the generations.
 */
final class SearchTopics implements AutoCloseable {
  private static final List<CdcTable> TABLES =
      List.of(CdcTable.USERS, CdcTable.POSTS, CdcTable.REELS);

  /** As JSON has it. */
  static final String UNLOGGED = "__debezium_unavailable_value\\u0000";

  private static final long GENERATION = 1 << 20;
  private static final Map<CdcTable, Long> GENERATIONS = new ConcurrentHashMap<>();
  private static final AtomicLong LSN = new AtomicLong();

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private long countsVersion;

  SearchTopics(String bootstrap) {
    Properties properties = new KafkaAddress(bootstrap, null).properties();
    properties.setProperty("max.request.size", String.valueOf(2 << 20)); // as the topics take
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    heart.scheduleAtFixedRate(this::beat, 0, 100, TimeUnit.MILLISECONDS);
  }

  /** Returns the LSN of the row, as all of these do. */
  long user(long id, String name, boolean active) {
    return user(Id.of(id), name, active);
  }

  long user(Id id, String name, boolean active) {
    return row(
        CdcTable.USERS,
        id,
        "{\"id\":%s,\"username\":\"%s\",\"display_name\":\"%s\",\"avatar_url\":null,\"is_verified\":true,\"is_active\":%b}"
            .formatted(node(id), name, name, active));
  }

  /**
   * @param content as JSON
   */
  long post(long id, long author, String content, boolean deleted) {
    return post(Id.of(id), Id.of(author), content, deleted);
  }

  long post(Id id, Id author, String content, boolean deleted) {
    return row(
        CdcTable.POSTS,
        id,
        ("{\"id\":%s,\"author_id\":%s,\"content\":%s,\"visibility\":\"public\",\"is_deleted\":%b,"
                + "\"created_at\":\"2026-01-01T00:00:00.123456Z\",\"updated_at\":\"2026-01-02T00:00:00Z\"}")
            .formatted(node(id), node(author), content, deleted));
  }

  long reel(long id, long author, String caption) {
    return reel(Id.of(id), Id.of(author), caption);
  }

  long reel(Id id, Id author, String caption) {
    return row(
        CdcTable.REELS,
        id,
        ("{\"id\":%s,\"author_id\":%s,\"caption\":\"%s\",\"visibility\":\"public\",\"is_deleted\":false,"
                + "\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-02T00:00:00Z\"}")
            .formatted(node(id), node(author), caption));
  }

  long deletePost(long id) {
    return deletePost(Id.of(id));
  }

  long deletePost(Id id) {
    return row(CdcTable.POSTS, id, null);
  }

  /** Begins a new generation, of no rows: nobody sends a delete. */
  void truncate(CdcTable table) {
    GENERATIONS.put(table, generation(table) + 1);
  }

  /** Sends an event of a post, whose row is JSON. */
  void postEvent(String action, long id, String post) {
    send("posts-events", Long.toString(id), event(action, post));
  }

  /** An event of a post, which never comes twice. */
  String event(String action, String post) {
    return "{\"event_id\":\"%s\",\"action\":\"%s\",\"post\":%s}"
        .formatted(UUID.randomUUID(), action, post);
  }

  void sendTo(String topic, int partition, String value) {
    producer.send(new ProducerRecord<>(topic, partition, null, utf8(value)));
  }

  void counts(String target, long id, long likes) {
    counts(target, Id.of(id), likes);
  }

  void counts(String target, Id id, long likes) {
    send(
        "counter-updates",
        target + ":" + id,
        ("{\"target\":\"%s\",\"target_id\":%s,\"likes_count\":%d,\"comments_count\":2,"
                + "\"shares_count\":1,\"version\":%d,\"as_of\":\"2026-01-01T00:00:00Z\"}")
            .formatted(target, node(id), likes, ++countsVersion));
  }

  /** A vector that points along one of the axes. */
  void vector(long post, String text, int axis) {
    vector(Id.of(post), text, axis);
  }

  void vector(Id post, String text, int axis) {
    float[] numbers = new float[384];
    numbers[axis] = 1;
    var vector =
        new DocumentVector(
            "post", post, TextHash.of(text), "a model", numbers, new RowVersion(GENERATION, 1));
    producer.send(new ProducerRecord<>(DocumentVector.TOPIC, vector.key(), vector.value()));
  }

  void control(String message) {
    send("pipeline-control", "search", message);
  }

  void send(String topic, String key, String value) {
    producer.send(new ProducerRecord<>(topic, utf8(key), utf8(value)));
  }

  private long row(CdcTable table, Id id, String after) {
    var version = new RowVersion(generation(table), LSN.incrementAndGet());
    String value =
        "{\"before\":null,\"after\":%s,\"source\":{\"lsn\":%d,\"ts_ms\":%d,\"unavailable\":\"%s\"},\"op\":\"%s\"}"
            .formatted(
                after,
                version.commit(),
                System.currentTimeMillis(),
                UNLOGGED,
                after == null ? "d" : "c");
    var record =
        new ProducerRecord<>(table.topic(), utf8("{\"id\":" + node(id) + "}"), utf8(value));
    record.headers().add(RowVersion.HEADER, version.toHeader());
    producer.send(record);
    return version.commit();
  }

  private void beat() {
    long position = LSN.get();
    long micros = System.currentTimeMillis() * 1000;
    for (CdcTable table : TABLES) {
      int partitions = producer.partitionsFor(table.topic()).size();
      for (int partition = 0; partition < partitions; partition++) {
        var beat = new Heartbeat(micros, position, partition, partitions, generation(table));
        var record =
            new ProducerRecord<byte[], byte[]>(
                table.topic(), partition, Heartbeat.key(partition), null);
        record.headers().add(Heartbeat.HEADER, beat.toHeader());
        producer.send(record);
      }
    }
    producer.flush();
  }

  private static long generation(CdcTable table) {
    return GENERATIONS.getOrDefault(table, GENERATION);
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
