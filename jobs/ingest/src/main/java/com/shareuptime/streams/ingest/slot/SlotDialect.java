package com.shareuptime.streams.ingest.slot;

import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.relational.connection.JdbcConnectionPoolFactory;
import org.apache.flink.cdc.connectors.base.source.assigner.splitter.ChunkSplitter;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.base.source.reader.external.FetchTask;
import org.apache.flink.cdc.connectors.base.source.reader.external.JdbcSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.PostgresDialect;
import org.apache.flink.cdc.connectors.postgres.source.config.PostgresSourceConfig;
import org.apache.flink.util.FlinkRuntimeException;

/** Ties the connector to the slot: its position is every watermark, and nothing is filtered. */
final class SlotDialect extends PostgresDialect {
  private static final long serialVersionUID = 1L;

  private final ReplicationSlot slot;
  private transient volatile long othersSilentSince;

  SlotDialect(PostgresSourceConfig config, ReplicationSlot slot) {
    super(config);
    this.slot = slot;
  }

  /** The watermarks of every chunk: the slot's position, so that the stream starts there. */
  @Override
  public Offset displayCurrentOffset(JdbcSourceConfig config) {
    return SlotPosition.at(slot.require().confirmed());
  }

  @Override
  public FetchTask<SourceSplitBase> createFetchTask(SourceSplitBase split) {
    if (split.isStreamSplit()) {
      try {
        othersSilentSince = slot.take(SlotPosition.of(split.asStreamSplit().getStartingOffset()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FlinkRuntimeException("interrupted before the slot was free", e);
      }
    }
    return super.createFetchTask(split);
  }

  /** Since when no other process has read the slot; known once the stream's task was made. */
  long othersSilentSince() {
    return othersSilentSince;
  }

  @Override
  public JdbcSourceFetchTaskContext createFetchTaskContext(JdbcSourceConfig config) {
    return new SlotFetchContext(config, this);
  }

  @Override
  public ChunkSplitter createChunkSplitter(JdbcSourceConfig config) {
    return new KeyChunks(config, this, ChunkSplitterState.NO_SPLITTING_TABLE_STATE);
  }

  @Override
  public ChunkSplitter createChunkSplitter(JdbcSourceConfig config, ChunkSplitterState state) {
    return new KeyChunks(config, this, state);
  }

  @Override
  public JdbcConnectionPoolFactory getPooledDataSourceFactory() {
    return new PasswordFileConnections(PasswordFile.of(slot.database()));
  }
}
