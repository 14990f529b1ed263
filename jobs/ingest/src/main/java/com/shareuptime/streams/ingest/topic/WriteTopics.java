package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.CdcTopics;
import com.shareuptime.streams.ingest.check.PublishedTables;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.SeenServer;
import com.shareuptime.streams.ingest.check.SourceServer;
import com.shareuptime.streams.ingest.heartbeat.HeartbeatWriter;
import com.shareuptime.streams.ingest.slot.Captured;
import com.shareuptime.streams.ingest.slot.SlotSource;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns what the slot gave into the records of the cdc topics, in the same order:
 *
 * <ul>
 *   <li>a change of a row: key, envelope, version; a delete is followed by a tombstone;
 *   <li>the start of the stream: the end of the snapshot's generation in every partition; from then
 *       on the heartbeat is written;
 *   <li>TRUNCATE: a new, empty generation of the table, complete at once;
 *   <li>a heartbeat: a copy in every partition of every topic, so that a reader of any partition
 *       knows how far it has come.
 * </ul>
 */
public final class WriteTopics extends ProcessFunction<Captured, TopicRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** One value a table, seven in all; never cleared. */
  private static final ListStateDescriptor<TableGeneration> GENERATIONS =
      new ListStateDescriptor<>("generations", TableGeneration.TYPE);

  /** One value; never cleared. None in the checkpoints of earlier builds. */
  private static final ListStateDescriptor<SeenServer> SERVER_SEEN =
      new ListStateDescriptor<>("server", SeenServer.TYPE);

  /** The connector's fixed prefix of every table's name. */
  private static final String SERVER = "postgres_cdc_source.";

  private static final String HEARTBEATS = SERVER + IngestOptions.HEARTBEAT_TABLE;

  private final IngestOptions options;

  /** Every 5 s by default. */
  private static final int BEATS_A_COUNT = 20;

  private transient ListState<TableGeneration> generations;
  private transient ListState<SeenServer> servers;
  private transient SeenServer server;
  private transient long lastCommit;
  private transient long lastBeat;
  private transient Map<CdcTable, TableGeneration> known;
  private transient Map<String, Long> relations;
  private transient Map<String, TableTopic> topics;
  private transient Holes holes;
  private transient int beats;
  private transient volatile HeartbeatWriter heartbeat;
  private transient volatile long lastBeatMillis;

  public WriteTopics(IngestOptions options) {
    this.options = options;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    generations = context.getOperatorStateStore().getListState(GENERATIONS);
    known = new EnumMap<>(CdcTable.class);
    for (TableGeneration generation : generations.get()) {
      known.put(generation.table(), generation);
    }
    servers = context.getOperatorStateStore().getListState(SERVER_SEEN);
    for (SeenServer seen : servers.get()) {
      server = seen;
    }
  }

  @Override
  public void open(OpenContext context) {
    Map<CdcTable, Integer> partitions = CdcTopics.partitions(options.kafka());
    CdcTopics.requireRoom(options.kafka(), options.largestRecord());
    holes = Holes.of(options.source());
    SourceTables tables = new SourceTables(options.source());
    PublishedTables published = tables.published(options.publication());
    relations = published.relations();
    look(SourceServer.ask(options.source(), HeartbeatWriter.BEAT_ROW));
    if (known.isEmpty()) {
      long snapshot = tables.nextSnapshot();
      partitions.forEach(
          (table, n) ->
              known.put(
                  table,
                  TableGeneration.ofSnapshot(table, snapshot, n, relations.get(name(table)))));
    }
    sameTables(published);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    Set<CdcTable> whole = tables.withWholeOldRows();
    topics = new HashMap<>();
    known.forEach(
        (table, generation) -> {
          samePartitions(generation, partitions.get(table));
          topics.put(
              SERVER + name(table),
              new TableTopic(
                  generation,
                  published.columns().get(name(table)),
                  whole.contains(table),
                  options.largestRow(),
                  holes,
                  metrics));
        });
    metrics.gauge(
        "heartbeatAgeMillis",
        () -> lastBeatMillis == 0 ? -1 : System.currentTimeMillis() - lastBeatMillis);
    metrics.gauge("tablesChanged", () -> heartbeat != null && heartbeat.tablesChanged() ? 1 : 0);
    metrics.gauge("slotLagBytes", () -> heartbeat == null ? -1 : heartbeat.retainedWalBytes());
  }

  /** Refuses a server that has gone back; rows of a snapshot may be as new as its log is now. */
  private void look(SourceServer now) {
    SeenServer before = server;
    if (before != null) {
      now.require(before);
    }
    boolean streams =
        !known.isEmpty() && known.values().stream().allMatch(TableGeneration::complete);
    server = now.seen(streams ? 0 : now.end());
    if (before != null) {
      server = server.readTo(before.position(), before.beat());
    }
  }

  private static String name(CdcTable table) {
    return "public." + table.tableName();
  }

  /** Refuses tables that have taken the names of those that the checkpoint has read. */
  private void sameTables(PublishedTables published) {
    Map<String, Long> read = new HashMap<>();
    known.forEach(
        (table, generation) -> {
          if (generation.relation() != 0) {
            read.put(name(table), generation.relation());
          }
        });
    String problem = published.changedSince(read);
    if (problem != null) {
      throw new Refusal(problem);
    }
    known.replaceAll((table, generation) -> generation.of(relations.get(name(table))));
  }

  private static void samePartitions(TableGeneration generation, int partitions) {
    if (generation.partitions() != partitions) {
      throw new Refusal(
          "topic %s has %d partitions, and had %d when the checkpoint was made: rows would move between partitions and lose their order; './streams submit ingest --fresh' reads every table anew"
              .formatted(generation.table().topic(), partitions, generation.partitions()));
    }
  }

  @Override
  public void processElement(Captured captured, Context context, Collector<TopicRecord> out)
      throws Exception {
    if (captured.isStreamStart()) {
      topics.values().forEach(topic -> topic.snapshotComplete(out));
      heartbeat = HeartbeatWriter.start(options, relations);
      return;
    }
    SourceRecord change = captured.change();
    TableTopic topic = topics.get(change.topic());
    if (topic != null) {
      lastCommit = Math.max(lastCommit, topic.change(change, out));
    } else if (heartbeat != null && change.topic().equals(HEARTBEATS)) {
      beat((Struct) change.value(), out);
    }
  }

  private void beat(Struct change, Collector<TopicRecord> out) {
    Struct row = change.getStruct("after");
    if (row == null || row.getInt32("id") != HeartbeatWriter.BEAT_ROW) {
      heartbeat.requireTables();
      return;
    }
    Instant at = OffsetDateTime.parse(row.getString("beat_at")).toInstant();
    long micros = EpochMicros.of(at);
    long lsn = row.getInt64("lsn");
    topics.values().forEach(topic -> topic.beat(micros, lsn, out));
    if (++beats % BEATS_A_COUNT == 0) {
      holes.count();
    }
    lastCommit = Math.max(lastCommit, change.getStruct("source").getInt64(SlotSource.COMMIT));
    lastBeat = Math.max(lastBeat, lsn);
    lastBeatMillis = at.toEpochMilli();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    generations.update(topics.values().stream().map(TableTopic::state).toList());
    servers.update(List.of(server.readTo(lastCommit, lastBeat)));
  }

  @Override
  public void close() throws SQLException {
    if (heartbeat != null) {
      heartbeat.close();
    }
  }
}
