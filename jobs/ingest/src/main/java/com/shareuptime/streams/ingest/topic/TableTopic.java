package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.GenerationEnd;
import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.cdc.Envelope;
import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.slot.SlotSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The compacted topic of one table: turns changes, marks and beats into its records. */
final class TableTopic {
  private static final String TRUNCATE = "t";

  private final String topic;
  private final ChangeJson json;
  private final List<String> needed;
  private final Holes holes;
  private final Counter notWhole;
  private final byte[][] beatKeys;
  private final MetricGroup metrics;
  private final Map<String, Counter> rows = new HashMap<>();
  private TableGeneration state;
  private Schema shape;

  TableTopic(
      TableGeneration state,
      List<String> needed,
      boolean wholeBefore,
      int largestRow,
      Holes holes,
      MetricGroup metrics) {
    this.state = state;
    this.topic = state.table().topic();
    this.needed = needed;
    this.json = new ChangeJson(wholeBefore, largestRow);
    this.holes = holes;
    this.beatKeys = new byte[state.partitions()][];
    for (int p = 0; p < beatKeys.length; p++) {
      beatKeys[p] = Heartbeat.key(p);
    }
    this.metrics = metrics.addGroup("table", state.table().tableName());
    this.metrics.gauge("generation", () -> this.state.generation());
    this.metrics.gauge("openHoles", () -> holes.open(state.table()));
    this.notWhole = this.metrics.counter("holes");
  }

  TableGeneration state() {
    return state;
  }

  /**
   * Turns one change into its records.
   *
   * @return the LSN of its commit; 0 for a row of the snapshot
   */
  long change(SourceRecord record, Collector<TopicRecord> out) throws IOException {
    Struct change = (Struct) record.value();
    String op = change.getString("op");
    count(op);
    boolean snapshot = op.equals(Envelope.READ);
    Struct source = change.getStruct("source");
    long lsn = snapshot ? 0 : source.getInt64("lsn");
    long commit = snapshot ? 0 : source.getInt64(SlotSource.COMMIT);
    if (op.equals(TRUNCATE)) {
      state = state.truncated(lsn);
      endGeneration(out);
      return commit;
    }
    if (change.getStruct("after") != null && change.getStruct("after").schema() != shape) {
      shape = change.getStruct("after").schema();
      requireColumns();
    }
    RowVersion version = new RowVersion(snapshot ? state.generation() : state.at(lsn), commit, lsn);
    byte[] header = version.toHeader();
    byte[] key = json.key((Struct) record.key());
    int partition = Utils.toPositive(Utils.murmur2(key)) % state.partitions();
    byte[] value = envelope(change, record.keySchema(), op, version, key);
    if (value == null) {
      return commit;
    }
    out.collect(new TopicRecord(topic, partition, key, value, RowVersion.HEADER, header));
    if (op.equals(Envelope.DELETE)) {
      out.collect(new TopicRecord(topic, partition, key, null, RowVersion.HEADER, header));
    }
    return commit;
  }

  /** Nobody could read a row without them. */
  private void requireColumns() {
    List<String> gone = needed.stream().filter(column -> shape.field(column) == null).toList();
    if (!gone.isEmpty()) {
      throw new Refusal(
          "rows of table public.%s have been written without the columns %s, which jobs need: bring these back; then './streams submit ingest --fresh' reads every table anew"
              .formatted(state.table().tableName(), String.join(", ", gone)));
    }
  }

  /**
   * The value of a change's record; null if it cannot be written. What it lacks is told first: then
   * no beat of a later moment is ahead of that.
   */
  private byte[] envelope(
      Struct change, Schema keySchema, String op, RowVersion version, byte[] key) {
    byte[] value = null;
    List<String> lacking = null;
    String reason = null;
    try {
      value = json.envelope(change, keySchema, op, version);
      lacking = json.cut();
      if (!lacking.isEmpty()) {
        reason =
            "the row is larger than the option '%s'".formatted(IngestOptions.LARGEST_ROW.key());
      }
    } catch (IOException | RuntimeException e) {
      reason = "the row cannot be written as JSON: " + e.getMessage();
    }
    if (reason == null) {
      holes.whole(state.table(), key, version);
    } else {
      notWhole.inc();
      holes.tell(
          new ChangeHole(
              state.table(), new String(key, StandardCharsets.UTF_8), version, lacking, reason));
    }
    return value;
  }

  /** Says in every partition that the snapshot is complete. */
  void snapshotComplete(Collector<TopicRecord> out) {
    state = state.completed();
    endGeneration(out);
  }

  private void endGeneration(Collector<TopicRecord> out) {
    holes.complete(state.table(), state.generation());
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

  private void count(String op) {
    Counter counter = rows.get(op);
    if (counter == null) {
      counter = metrics.addGroup("op", op).counter("rows");
      rows.put(op, counter);
    }
    counter.inc();
  }
}
