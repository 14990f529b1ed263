package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.ingest.check.Refusal;
import io.debezium.relational.TableId;
import io.debezium.relational.history.TableChanges.TableChange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.flink.cdc.connectors.base.source.assigner.AssignerStatus;
import org.apache.flink.cdc.connectors.base.source.assigner.SplitAssigner;
import org.apache.flink.cdc.connectors.base.source.assigner.splitter.ChunkSplitter;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.HybridPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.assigner.state.SnapshotPendingSplitsState;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.FinishedSnapshotSplitInfo;
import org.apache.flink.cdc.connectors.base.source.meta.split.SchemalessSnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.postgres.source.PostgresDialect;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.util.FlinkRuntimeException;

/**
 * Hands out the chunks of all tables, and the stream once every chunk has been read.
 *
 * <p>The connector's assigner does not survive two failures. It remembers that the snapshot was
 * complete when a failed reader gives a chunk back, then wants to stream before that chunk is read,
 * and fails on it after every restart. And it cuts tables in a thread of its own, so that a
 * checkpoint may hold a cut without its chunk. Here a snapshot is complete when all chunks are
 * read, whenever one asks, and all tables are cut before the first chunk is handed out. The state
 * is the connector's.
 *
 * <p>Nobody moves the slot before its snapshot is complete. So where it has moved, another job
 * streams or has streamed it, and this one was taken for dead together with its job manager: what
 * it still read would come behind newer versions.
 *
 * <p>Used by the coordinator's thread alone.
 */
final class SnapshotThenStream implements SplitAssigner {
  private static final boolean CASE_SENSITIVE = true;

  /** Stands among the chunks that are read: where the slot was before any was handed out. */
  private static final String BEGINNING = "beginning";

  private final PostgresSourceConfig config;
  private final PostgresDialect dialect;
  private final LongSupplier slot;
  private final List<TableId> uncut;
  private final ChunkSplitterState cutSoFar;
  private final Deque<SchemalessSnapshotSplit> waiting;
  private final Map<String, SchemalessSnapshotSplit> taken;
  private final Map<String, Offset> read;
  private final Map<TableId, TableChange> schemas;
  private boolean streaming;

  /**
   * A snapshot of these tables from its beginning.
   *
   * @param slot where the slot is now
   */
  SnapshotThenStream(
      PostgresSourceConfig config,
      PostgresDialect dialect,
      LongSupplier slot,
      List<TableId> tables) {
    this(
        config,
        dialect,
        slot,
        new HybridPendingSplitsState(
            new SnapshotPendingSplitsState(
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                AssignerStatus.INITIAL_ASSIGNING,
                tables,
                CASE_SENSITIVE,
                true,
                Map.of(),
                ChunkSplitterState.NO_SPLITTING_TABLE_STATE),
            false));
  }

  /** Goes on where a checkpoint was taken. */
  SnapshotThenStream(
      PostgresSourceConfig config,
      PostgresDialect dialect,
      LongSupplier slot,
      HybridPendingSplitsState checkpoint) {
    SnapshotPendingSplitsState snapshot = checkpoint.getSnapshotPendingSplits();
    this.config = config;
    this.dialect = dialect;
    this.slot = slot;
    this.uncut = new ArrayList<>(snapshot.getRemainingTables());
    this.cutSoFar = snapshot.getChunkSplitterState();
    this.waiting = new ArrayDeque<>(snapshot.getRemainingSplits());
    this.taken = new HashMap<>(snapshot.getAssignedSplits());
    this.read = new HashMap<>(snapshot.getSplitFinishedOffsets());
    this.schemas = new HashMap<>(snapshot.getTableSchemas());
    this.streaming = checkpoint.isStreamSplitAssigned();
  }

  /** Cuts what is not cut yet: takes as long as the tables need, most of them one query. */
  @Override
  public void open() {
    read.computeIfAbsent(BEGINNING, none -> oldestRead());
    if (uncut.isEmpty()) {
      return;
    }
    ChunkSplitter splitter = dialect.createChunkSplitter(config, cutSoFar);
    splitter.open();
    try {
      for (TableId table : uncut) {
        do {
          for (SnapshotSplit chunk : splitter.generateSplits(table)) {
            add(chunk);
          }
        } while (splitter.hasNextChunk());
      }
      uncut.clear();
    } catch (Exception e) {
      throw new FlinkRuntimeException("could not cut the tables into chunks", e);
    } finally {
      close(splitter);
    }
  }

  private static void close(ChunkSplitter splitter) {
    try {
      splitter.close();
    } catch (Exception e) {
      throw new FlinkRuntimeException("could not close the connection that cut the tables", e);
    }
  }

  private void add(SnapshotSplit chunk) {
    schemas.putAll(chunk.getTableSchemas());
    waiting.add(chunk.toSchemalessSnapshotSplit());
  }

  @Override
  public Optional<SourceSplitBase> getNext() {
    if (!waiting.isEmpty()) {
      requireUnmoved(); // before it is taken: a failure must leave it where checkpoints find it
      SchemalessSnapshotSplit chunk = waiting.remove();
      taken.put(chunk.splitId(), chunk);
      return Optional.of(chunk.toSnapshotSplit(schemas.get(chunk.getTableId())));
    }
    if (streaming || waitingForFinishedSplits()) {
      return Optional.empty();
    }
    streaming = true;
    return Optional.of(stream());
  }

  /** For checkpoints of earlier builds, which have no beginning: all was read at it. */
  private Offset oldestRead() {
    return read.values().stream()
        .min(Comparator.comparingLong(SlotPosition::of))
        .orElseGet(() -> SlotPosition.at(slot.getAsLong()));
  }

  private void requireUnmoved() {
    long before = SlotPosition.of(read.get(BEGINNING));
    long now = slot.getAsLong();
    if (before != now) {
      throw new Refusal(
          "the replication slot has moved from %s to %s during this job's snapshot, so another ingest streams it, or has done: cancel this job; to read all tables anew cancel the other, too, and './streams submit ingest --fresh'"
              .formatted(new Lsn(before), new Lsn(now)));
    }
  }

  /**
   * From where the slot was when the first chunk was read; without filters, as nothing is filtered.
   */
  private StreamSplit stream() {
    return new StreamSplit(
        StreamSplit.STREAM_SPLIT_ID,
        read.get(BEGINNING),
        PostgresOffset.NO_STOPPING_OFFSET,
        List.of(),
        new HashMap<>(),
        0,
        false,
        true);
  }

  @Override
  public boolean waitingForFinishedSplits() {
    return !waiting.isEmpty() || !read.keySet().containsAll(taken.keySet());
  }

  @Override
  public boolean noMoreSplits() {
    return waiting.isEmpty() && streaming;
  }

  /** None: see {@link #stream()}. */
  @Override
  public List<FinishedSnapshotSplitInfo> getFinishedSplitInfos() {
    return List.of();
  }

  @Override
  public void onFinishedSplits(Map<String, Offset> positions) {
    read.putAll(positions);
  }

  /** What a failed reader had: its chunks are unread again, whatever it had reported. */
  @Override
  public void addSplits(Collection<SourceSplitBase> splits) {
    for (SourceSplitBase split : splits) {
      if (split.isSnapshotSplit()) {
        taken.remove(split.splitId());
        read.remove(split.splitId());
        add(split.asSnapshotSplit());
      } else {
        streaming = false;
      }
    }
  }

  @Override
  public HybridPendingSplitsState snapshotState(long checkpoint) {
    return new HybridPendingSplitsState(
        new SnapshotPendingSplitsState(
            List.copyOf(schemas.keySet()),
            List.copyOf(waiting),
            Map.copyOf(taken),
            Map.copyOf(schemas),
            Map.copyOf(read),
            getAssignerStatus(),
            List.copyOf(uncut),
            CASE_SENSITIVE,
            true,
            Map.of(),
            ChunkSplitterState.NO_SPLITTING_TABLE_STATE),
        streaming);
  }

  @Override
  public AssignerStatus getAssignerStatus() {
    return waitingForFinishedSplits()
        ? AssignerStatus.INITIAL_ASSIGNING
        : AssignerStatus.INITIAL_ASSIGNING_FINISHED;
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {}

  /** Tables are the program's: a new one comes with a new version and a fresh start. */
  @Override
  public void startAssignNewlyAddedTables() {
    throw new UnsupportedOperationException("tables are not added to a running job");
  }

  @Override
  public void onStreamSplitUpdated() {
    throw new UnsupportedOperationException("tables are not added to a running job");
  }

  @Override
  public void close() throws IOException {
    dialect.close();
  }
}
