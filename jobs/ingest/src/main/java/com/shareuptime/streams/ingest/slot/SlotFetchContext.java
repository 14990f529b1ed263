package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.postgresql.connection.PostgresReplicationConnection;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.source.meta.offset.Offset;
import org.apache.flink.cdc.connectors.base.source.meta.split.SourceSplitBase;
import org.apache.flink.cdc.connectors.postgres.source.PostgresDialect;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.offset.PostgresOffset;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.logical.RowType;
import org.apache.kafka.connect.source.SourceRecord;

/** A fetcher's view of the database in which every change lies after every watermark. */
final class SlotFetchContext extends PostgresSourceFetchTaskContext {

  SlotFetchContext(JdbcSourceConfig config, PostgresDialect dialect) {
    super(config, dialect);
  }

  /** Values as text, see {@link TextValues}, and changes that name their commit. */
  @Override
  public void configure(SourceSplitBase split) {
    super.configure(split);
    TextValues.install(getDatabaseSchema());
    if (split.isStreamSplit()) {
      CommitDecoder.install(
          (PostgresReplicationConnection) getReplicationConnection(),
          getDbzConnectorConfig(),
          getDatabaseSchema(),
          getConnection(),
          new QueueRoom(getQueue()));
    }
  }

  /**
   * The connector compares this with the watermarks of chunks to decide what to emit. It compares
   * row LSNs, not commits, and so loses rows of transactions that were open when a chunk ended.
   */
  @Override
  public Offset getStreamOffset(SourceRecord change) {
    return PostgresOffset.NO_STOPPING_OFFSET;
  }

  @Override
  public RowType getSplitType(Table table) {
    Column column = KeyChunks.column(table);
    return (RowType)
        DataTypes.ROW(DataTypes.FIELD(column.name(), KeyChunks.type(column))).getLogicalType();
  }
}
