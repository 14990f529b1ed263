package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.GenerationEnd;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.CdcTopics;
import com.shareuptime.streams.ingest.mapping.RecordKey;
import com.shareuptime.streams.model.CanonicalRow;
import com.shareuptime.streams.model.Entity;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.utils.Utils;

/** The compacted topic of one entity: turns changes, marks and beats into its records. */
final class EntityTopic {
  private final String topic;
  private final ChangeJson json;
  private final Holes holes;
  private final Counter notWhole;
  private final byte[][] beatKeys;
  private final MetricGroup metrics;
  private final Map<String, Counter> rows = new HashMap<>();
  private TableGeneration state;

  /**
   * @param entity null if the model has none: then the topic has marks and beats alone
   */
  EntityTopic(
      TableGeneration state, Entity entity, int largestRow, Holes holes, MetricGroup metrics) {
    this.state = state;
    this.topic = CdcTopics.topic(state.entity());
    this.json = entity == null ? null : new ChangeJson(entity, largestRow);
    this.holes = holes;
    this.beatKeys = new byte[state.partitions()][];
    for (int p = 0; p < beatKeys.length; p++) {
      beatKeys[p] = Heartbeat.key(p);
    }
    this.metrics = metrics.addGroup("table", state.entity());
    this.metrics.gauge("generation", () -> this.state.generation());
    this.metrics.gauge("openHoles", () -> holes.open(state.entity()));
    this.notWhole = this.metrics.counter("holes");
  }

  String topic() {
    return topic;
  }

  TableGeneration state() {
    return state;
  }

  /** The version of a row of a snapshot, or of a change. */
  RowVersion version(boolean snapshot, long commit, long lsn) {
    return new RowVersion(snapshot ? state.generation() : state.at(lsn), commit, lsn);
  }

  /**
   * The key of a record, or null if no row of the entity has it.
   *
   * @throws EvaluationException if it cannot be known
   */
  byte[] key(RecordKey key, Row row, CanonicalRow known) throws IOException {
    return json.key(key, row, known);
  }

  /** TRUNCATE: what was there is gone. */
  void truncated(long lsn, Collector<TopicRecord> out) {
    state = state.truncated(lsn);
    endGeneration(out);
  }

  /** Whether there is any row that is not whole: mostly there is none. */
  boolean hasHoles() {
    return holes.hasTold(state.entity());
  }

  boolean isHole(byte[] key) {
    return holes.isTold(state.entity(), key);
  }

  /** A row's newest change is whole, or the row is gone. */
  void isWhole(byte[] key, RowVersion version) {
    holes.whole(state.entity(), key, version);
  }

  /** A row of which nothing can be written. */
  void tell(byte[] key, RowVersion version, String reason) {
    tell(key, version, null, "the row cannot be computed: " + reason);
  }

  /** A row as it is now. */
  void put(ChangedRow change, byte[] key, Collector<TopicRecord> out) {
    byte[] value = envelope(change, key);
    if (value != null) {
      byte[] version = change.version().toHeader();
      out.collect(new TopicRecord(topic, partition(key), key, value, RowVersion.HEADER, version));
    }
  }

  /** A row that is gone: a change that says so, then a tombstone. */
  void remove(ChangedRow change, byte[] key, Collector<TopicRecord> out) {
    byte[] value = envelope(change, key);
    if (value == null) {
      return;
    }
    byte[] version = change.version().toHeader();
    int partition = partition(key);
    out.collect(new TopicRecord(topic, partition, key, value, RowVersion.HEADER, version));
    out.collect(new TopicRecord(topic, partition, key, null, RowVersion.HEADER, version));
  }

  private int partition(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % state.partitions();
  }

  /**
   * The value of a change's record; null if it cannot be written. What it lacks is told first: then
   * no beat of a later moment is ahead of that.
   */
  private byte[] envelope(ChangedRow change, byte[] key) {
    byte[] value = null;
    List<String> lacking = null;
    String reason = null;
    try {
      value = json.envelope(change);
      lacking = json.cut();
      if (!lacking.isEmpty()) {
        reason =
            "the row is larger than the option '%s'".formatted(IngestOptions.LARGEST_ROW.key());
      }
    } catch (IOException | RuntimeException e) {
      reason = "the row cannot be written as JSON: " + e.getMessage();
    }
    if (reason == null) {
      isWhole(key, change.version());
    } else {
      tell(key, change.version(), lacking, reason);
    }
    return value;
  }

  private void tell(byte[] key, RowVersion version, List<String> lacking, String reason) {
    notWhole.inc();
    holes.tell(
        new ChangeHole(
            state.entity(), new String(key, StandardCharsets.UTF_8), version, lacking, reason));
  }

  /** Says in every partition that the snapshot is complete. */
  void snapshotComplete(Collector<TopicRecord> out) {
    state = state.completed();
    endGeneration(out);
  }

  private void endGeneration(Collector<TopicRecord> out) {
    holes.complete(state.entity(), state.generation());
    int partitions = state.partitions();
    for (int p = 0; p < partitions; p++) {
      out.collect(
          new TopicRecord(
              topic,
              p,
              GenerationEnd.key(p),
              null,
              GenerationEnd.HEADER,
              new GenerationEnd(p, partitions, state.generation()).toHeader()));
    }
  }

  /** Copies a beat into every partition. */
  void beat(long micros, long lsn, Collector<TopicRecord> out) {
    int partitions = state.partitions();
    for (int p = 0; p < partitions; p++) {
      out.collect(
          new TopicRecord(
              topic,
              p,
              beatKeys[p],
              null,
              Heartbeat.HEADER,
              new Heartbeat(micros, lsn, p, partitions, state.generation()).toHeader()));
    }
  }

  /** Counts a change of the table, whatever becomes of it. */
  void count(String op) {
    Counter counter = rows.get(op);
    if (counter == null) {
      counter = metrics.addGroup("op", op).counter("rows");
      rows.put(op, counter);
    }
    counter.inc();
  }
}
