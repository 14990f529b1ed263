package com.shareuptime.streams.ingest.slot;

import com.shareuptime.streams.ingest.check.StartChecks;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresObjectUtils;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.JdbcConnection;
import java.sql.SQLException;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
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
  private transient volatile SlotStream stream;

  SlotDialect(PostgresSourceConfig config, ReplicationSlot slot) {
    super(config);
    this.slot = slot;
  }

  /** The watermarks of every chunk: the slot's position, so that the stream starts there. */
  @Override
  public Offset displayCurrentOffset(JdbcSourceConfig config) {
    return SlotPosition.at(slot.position());
  }

  @Override
  public FetchTask<SourceSplitBase> createFetchTask(SourceSplitBase split) {
    try {
      if (split.isSnapshotSplit()) {
        slot.awaitRelease();
        return new SnapshotChunk(split.asSnapshotSplit());
      }
      slot.take(SlotPosition.of(split.asStreamSplit().getStartingOffset()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkRuntimeException("interrupted before the slot was free", e);
    }
    stream = new SlotStream(split.asStreamSplit(), slot);
    return stream;
  }

  /**
   * Confirms a checkpoint's position to the server. One taken during the snapshot has none: the
   * connector would then confirm whatever its reader has come to, ahead of every checkpoint.
   */
  @Override
  public void notifyCheckpointComplete(long checkpoint, Offset position) {
    SlotStream confirming = stream;
    if (confirming != null && position != null) {
      confirming.commitCurrentOffset(position);
    }
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

  /** Not from the connector's pool, which outlives the job in the process that ran it. */
  @Override
  public JdbcConnection openJdbcConnection(JdbcSourceConfig config) {
    PostgresConnectorConfig debezium = ((PostgresSourceConfig) config).getDbzConnectorConfig();
    PostgresConnection connection =
        new PostgresConnection(
            debezium.getJdbcConfig(),
            PostgresObjectUtils.newPostgresValueConverterBuilder(debezium),
            "ingest");
    try {
      connection.connect();
    } catch (SQLException e) {
      throw StartChecks.unreachable(slot.database(), e);
    }
    return connection;
  }
}
