package com.shareuptime.streams.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationEnd;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The cdc topics read from their beginning, as a consumer should: the newest version of a key wins,
 * a row that only an older generation knew goes when the next is complete.
 */
final class TopicReplay implements AutoCloseable {
  static final String UNCHANGED = "__debezium_unavailable_value\0";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Row(RowVersion version, ObjectNode columns) {}

  private final Comparator<RowVersion> order;
  private final Map<String, CdcTable> tables;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<CdcTable, Map<String, Row>> rows = new TreeMap<>();
  private final Map<CdcTable, Generations> generations = new TreeMap<>();
  private final Map<TopicPartition, Long> beats = new HashMap<>();
  private final Map<TopicPartition, Long> snapshots = new HashMap<>();
  private final Map<CdcTable, Map<String, ConsumerRecord<byte[], byte[]>>> changes =
      new TreeMap<>();
  private final Map<CdcTable, Map<String, ConsumerRecord<byte[], byte[]>>> last = new TreeMap<>();

  /** Of every row LSN: a repeat of the stream must tell the same. */
  private final Map<Long, Long> commits = new HashMap<>();

  /** Versions of rows that have been read of each partition: a repeat may come behind a beat. */
  private final Map<TopicPartition, Set<String>> read = new HashMap<>();

  private long records;

  TopicReplay(String bootstrap) {
    this(bootstrap, Comparator.naturalOrder());
  }

  /**
   * @param order what is older in it than what is known has no effect
   */
  TopicReplay(String bootstrap, Comparator<RowVersion> order) {
    this(bootstrap, order, CdcTable.FIXED);
  }

  /**
   * @param all whose topics are read
   */
  TopicReplay(String bootstrap, Comparator<RowVersion> order, List<CdcTable> all) {
    this.order = order;
    tables = all.stream().collect(Collectors.toMap(CdcTable::topic, Function.identity()));
    Properties properties = new Properties();
    properties.setProperty("bootstrap.servers", bootstrap);
    properties.setProperty("isolation.level", "read_uncommitted");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        all.stream()
            .flatMap(table -> consumer.partitionsFor(table.topic()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    partitions.forEach(partition -> beats.put(partition, 0L));
    for (CdcTable table : all) {
      rows.put(table, new HashMap<>());
      changes.put(table, new HashMap<>());
      last.put(table, new HashMap<>());
      generations.put(table, new Generations());
    }
  }

  /** Reads on until every partition has shown a beat at or after {@code lsn}. */
  void readPast(long lsn, Duration patience) {
    readPast(0, lsn, patience);
  }

  /** The same, of a snapshot that has at least this number: LSNs of an earlier one do not count. */
  void readPast(long snapshot, long lsn, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (leastBeat() < lsn || leastSnapshot() < snapshot) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "no beat past %d within %s: %s, %d records".formatted(lsn, patience, beats, records));
      }
      consumer.poll(Duration.ofMillis(100)).forEach(this::read);
    }
  }

  /** Reads what is there now. */
  void readToEnd() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(this::read);
    }
  }

  /** The LSN of the last beat of a partition, 0 for none. */
  long beat(TopicPartition partition) {
    return beats.get(partition);
  }

  /** The LSN of the last beat of any partition. */
  long newestBeat() {
    return beats.values().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  long leastBeat() {
    return beats.values().stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private long leastSnapshot() {
    return beats.keySet().stream()
        .mapToLong(p -> snapshots.getOrDefault(p, 0L))
        .min()
        .orElseThrow();
  }

  /** Beats of each partition, and what has been read so far, after one poll. */
  Map<TopicPartition, Long> poll() {
    consumer.poll(Duration.ofMillis(100)).forEach(this::read);
    return beats;
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    records++;
    CdcTable table = tables.get(record.topic());
    Header header = first(record);
    switch (header.key()) {
      case RowVersion.HEADER -> change(table, record, RowVersion.parse(header.value()));
      case Heartbeat.HEADER -> beat(table, record, Heartbeat.parse(header.value()));
      case GenerationEnd.HEADER -> {
        GenerationEnd end = GenerationEnd.parse(header.value());
        complete(table, record, end.partition(), end.partitions(), end.generation());
      }
      default -> throw new AssertionError("header " + header.key());
    }
  }

  private static Header first(ConsumerRecord<byte[], byte[]> record) {
    Iterator<Header> headers = record.headers().iterator();
    if (!headers.hasNext()) {
      throw new AssertionError("a record without a header in " + record.topic());
    }
    return headers.next();
  }

  private void beat(CdcTable table, ConsumerRecord<byte[], byte[]> record, Heartbeat beat) {
    complete(table, record, beat.partition(), beat.partitions(), beat.generation());
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    long snapshot = beat.snapshot();
    Long known = snapshots.get(partition);
    if (known == null || snapshot > known) {
      snapshots.put(partition, snapshot);
      beats.put(partition, beat.lsn()); // of a server that has gone back it may be lower
    } else if (snapshot == known) {
      beats.merge(partition, beat.lsn(), Math::max);
    }
  }

  private void complete(
      CdcTable table,
      ConsumerRecord<byte[], byte[]> record,
      int partition,
      int partitions,
      long generation) {
    if (partition != record.partition()) {
      throw new AssertionError("a mark of partition %d in %s".formatted(partition, record));
    }
    if (generations.get(table).observe(partition, partitions, generation)) {
      long complete = generations.get(table).complete();
      rows.get(table).values().removeIf(row -> row.version.generation() < complete);
    }
  }

  /** A beat says that every change which committed before it is ahead of it in its partition. */
  private void requireAheadOfBeats(
      ConsumerRecord<byte[], byte[]> record, String key, RowVersion version) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    boolean first =
        read.computeIfAbsent(partition, any -> new HashSet<>()).add(key + version.toString());
    long snapshot = version.generation() >> Heartbeat.SNAPSHOT_SHIFT;
    if (first
        && version.commit() != 0
        && snapshot == snapshots.getOrDefault(partition, 0L)
        && version.commit() < beats.get(partition)) {
      throw new AssertionError(
          "a beat of %d has passed the change %s of %s in %s"
              .formatted(beats.get(partition), version, key, partition));
    }
  }

  private void change(CdcTable table, ConsumerRecord<byte[], byte[]> record, RowVersion version) {
    Long commit = version.lsn() == 0 ? null : commits.put(version.lsn(), version.commit());
    if (commit != null && commit != version.commit()) {
      throw new AssertionError(
          "the row at %d has committed at %d and at %d"
              .formatted(version.lsn(), commit, version.commit()));
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    requireAheadOfBeats(record, key, version);
    Row known = rows.get(table).get(key);
    last.get(table).put(key, record);
    if (record.value() != null) {
      changes.get(table).put(key, record);
    }
    if (version.generation() < generations.get(table).complete()
        || (known != null && order.compare(known.version, version) > 0)) {
      return;
    }
    ObjectNode after = record.value() == null ? null : after(record.value());
    if (after != null && known != null && known.columns != null) {
      after
          .fields()
          .forEachRemaining(
              column -> {
                if (column.getValue().asText().equals(UNCHANGED)) {
                  column.setValue(known.columns.get(column.getKey()));
                }
              });
    }
    rows.get(table).put(key, new Row(version, after));
  }

  private static ObjectNode after(byte[] value) {
    try {
      JsonNode after = JSON.readTree(value).get("after");
      return after.isNull() ? null : (ObjectNode) after;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a table that are there, by key. */
  Map<String, JsonNode> rows(CdcTable table) {
    Map<String, JsonNode> present = new TreeMap<>();
    rows.get(table)
        .forEach(
            (key, row) -> {
              if (row.columns != null) {
                present.put(key, row.columns);
              }
            });
    return present;
  }

  boolean has(CdcTable table, String key) {
    Row row = rows.get(table).get(key);
    return row != null && row.columns != null;
  }

  /** The last envelope of a key, as it stands in the topic. */
  JsonNode lastEnvelope(CdcTable table, String key) throws IOException {
    return JSON.readTree(changes.get(table).get(key).value());
  }

  JsonNode lastAfter(CdcTable table, String key) throws IOException {
    return lastEnvelope(table, key).get("after");
  }

  /** Whether the last record of a key is a tombstone with the version of the change before. */
  boolean endsWithTombstone(CdcTable table, String key) {
    ConsumerRecord<byte[], byte[]> tombstone = last.get(table).get(key);
    return tombstone.value() == null
        && Arrays.equals(first(tombstone).value(), first(changes.get(table).get(key)).value());
  }

  /** Keys whose last record, which compaction keeps, is not the one that counts. */
  List<String> keysThatEndWithAnOldVersion() {
    List<String> stale = new ArrayList<>();
    last.forEach(
        (table, records) ->
            records.forEach(
                (key, record) -> {
                  Row newest = rows.get(table).get(key);
                  RowVersion version = RowVersion.parse(first(record).value());
                  if (newest != null && version.compareTo(newest.version) < 0) {
                    stale.add("%s %s: %s behind %s".formatted(table, key, version, newest.version));
                  }
                }));
    return stale;
  }

  /** Where a key belongs, by Kafka's default. */
  TopicPartition partition(CdcTable table, String key) {
    int partitions = consumer.partitionsFor(table.topic()).size();
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return new TopicPartition(table.topic(), BuiltInPartitioner.partitionForKey(bytes, partitions));
  }

  long generation(CdcTable table) {
    return generations.get(table).complete();
  }

  long records() {
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
