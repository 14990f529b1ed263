package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.check.CdcTopics;
import com.shareuptime.streams.ingest.check.PublishedTables;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.SeenServer;
import com.shareuptime.streams.ingest.check.SourceServer;
import com.shareuptime.streams.ingest.heartbeat.HeartbeatWriter;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.ingest.mapping.TimestampMicros;
import com.shareuptime.streams.ingest.slot.Captured;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.model.BoundModel;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 *   <li>a change of a row: for each entity that the model makes of its table, what the change does
 *       to a row of it, with key, envelope and version; a delete is followed by a tombstone;
 *   <li>the start of the stream: the end of the snapshot's generation in every partition; from then
 *       on the heartbeat is written;
 *   <li>TRUNCATE: a new, empty generation of its entities, complete at once;
 *   <li>a heartbeat: a copy in every partition of every topic, so that a reader of any partition
 *       knows how far it has come.
 * </ul>
 */
public final class WriteTopics extends ProcessFunction<Captured, TopicRecord>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  /** One value a topic; never cleared. */
  private static final ListStateDescriptor<TableGeneration> GENERATIONS =
      new ListStateDescriptor<>("generations", TableGeneration.TYPE);

  /** One value; never cleared. None in the checkpoints of earlier builds. */
  private static final ListStateDescriptor<SeenServer> SERVER_SEEN =
      new ListStateDescriptor<>("server", SeenServer.TYPE);

  /** One value a table of the model; never cleared. None in the checkpoints of earlier builds. */
  private static final ListStateDescriptor<ReadTable> TABLES =
      new ListStateDescriptor<>("tables", ReadTable.TYPE);

  /** One value; never cleared. None in the checkpoints of earlier builds. */
  private static final ListStateDescriptor<IngestModel> MODEL =
      new ListStateDescriptor<>("model", IngestModel.TYPE);

  /** As the connector names it, with its fixed prefix of every table. */
  private static final String HEARTBEATS = "postgres_cdc_source." + IngestOptions.HEARTBEAT_TABLE;

  private final IngestOptions options;
  private final IngestModel model;

  /** Every 5 s by default. */
  private static final int BEATS_A_COUNT = 20;

  private transient ListState<TableGeneration> generations;
  private transient ListState<SeenServer> servers;
  private transient ListState<ReadTable> tables;
  private transient ListState<IngestModel> models;
  private transient SeenServer server;
  private transient long lastCommit;
  private transient long lastBeat;
  private transient Map<String, TableGeneration> known;
  private transient Map<String, Long> read;
  private transient Map<String, Long> relations;
  private transient Map<String, EntityTopic> topics;
  private transient ModelTables changes;
  private transient Holes holes;
  private transient int beats;
  private transient volatile HeartbeatWriter heartbeat;
  private transient volatile long lastBeatMillis;

  /**
   * @param model of the source database, as it was when the job was submitted
   */
  public WriteTopics(IngestOptions options, IngestModel model) {
    this.options = options;
    this.model = model;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    generations = context.getOperatorStateStore().getListState(GENERATIONS);
    known = new LinkedHashMap<>();
    read = new HashMap<>();
    for (TableGeneration generation : generations.get()) {
      known.put(generation.entity(), generation);
      if (generation.relation() != 0) { // of a build that knew one schema
        read.put("public." + generation.entity(), generation.relation());
      }
    }
    tables = context.getOperatorStateStore().getListState(TABLES);
    for (ReadTable table : tables.get()) {
      read.put(table.name(), table.relation());
    }
    servers = context.getOperatorStateStore().getListState(SERVER_SEEN);
    for (SeenServer seen : servers.get()) {
      server = seen;
    }
    models = context.getOperatorStateStore().getListState(MODEL);
    if (!known.isEmpty()) {
      sameModel(models.get().iterator());
    }
  }

  /** Refuses another model than that of the records in the topics. */
  private void sameModel(Iterator<IngestModel> recorded) {
    IngestModel before = recorded.hasNext() ? recorded.next() : IngestModel.canonical();
    if (!before.isSameAs(model)) {
      throw new Refusal(
          "the model in streams.model is another than the one that the checkpoint was made with, so"
              + " the topics have other records than it says: './streams submit ingest --fresh'"
              + " reads every table anew");
    }
  }

  @Override
  public void open(OpenContext context) {
    Map<String, Integer> partitions = CdcTopics.partitions(options.kafka(), model.entities());
    CdcTopics.requireRoom(options.kafka(), model.entities(), options.largestRecord());
    holes = Holes.of(options.source());
    SourceTables source = new SourceTables(options.source());
    BoundModel bound = source.bind(model);
    PublishedTables published = source.published(options.publication());
    relations = published.relations();
    look(SourceServer.ask(options.source(), HeartbeatWriter.BEAT_ROW));
    if (known.isEmpty()) {
      long snapshot = source.nextSnapshot();
      partitions.forEach(
          (entity, n) -> known.put(entity, TableGeneration.ofSnapshot(entity, snapshot, n)));
    }
    sameTables(published);
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    topics = new LinkedHashMap<>();
    known.forEach(
        (entity, generation) -> {
          samePartitions(generation, partitions.get(entity));
          topics.put(
              entity,
              new EntityTopic(
                  generation,
                  bound.model().entity(entity).orElse(null),
                  options.largestRow(),
                  holes,
                  metrics));
        });
    changes = ModelTables.of(bound, topics);
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

  /** Refuses tables that have taken the names of those that the checkpoint has read. */
  private void sameTables(PublishedTables published) {
    String problem = published.changedSince(read);
    if (problem != null) {
      throw new Refusal(problem);
    }
    for (SourceTable table : model.tables()) {
      Long relation = relations.get(table.toString());
      if (relation == null) {
        throw new Refusal(
            "streams.published_tables does not have table %s of the model: run './streams migrate'"
                .formatted(table));
      }
      read.put(table.toString(), relation);
    }
  }

  private static void samePartitions(TableGeneration generation, int partitions) {
    if (generation.partitions() != partitions) {
      throw new Refusal(
          "topic %s has %d partitions, and had %d when the checkpoint was made: rows would move between partitions and lose their order; './streams submit ingest --fresh' reads every table anew"
              .formatted(
                  CdcTopics.topic(generation.entity()), partitions, generation.partitions()));
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
    TableChanges table = changes.of(change);
    if (table != null) {
      lastCommit = Math.max(lastCommit, table.change(change, out));
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
    long micros = TimestampMicros.of(row.getString("beat_at"));
    long lsn = row.getInt64("lsn");
    topics.values().forEach(topic -> topic.beat(micros, lsn, out));
    if (++beats % BEATS_A_COUNT == 0) {
      holes.count();
    }
    lastCommit = Math.max(lastCommit, SlotSource.commit(change));
    lastBeat = Math.max(lastBeat, lsn);
    lastBeatMillis = micros / 1_000;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    generations.update(topics.values().stream().map(EntityTopic::state).toList());
    tables.update(
        read.entrySet().stream()
            .map(table -> new ReadTable(table.getKey(), table.getValue()))
            .toList());
    models.update(List.of(model));
    servers.update(List.of(server.readTo(lastCommit, lastBeat)));
  }

  @Override
  public void close() throws SQLException {
    if (heartbeat != null) {
      heartbeat.close();
    }
  }
}
