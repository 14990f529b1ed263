package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.Utils;
import io.debezium.pipeline.EventDispatcher.SnapshotReceiver;
import io.debezium.relational.Column;
import io.debezium.relational.SnapshotChangeRecordEmitter;
import io.debezium.relational.Table;
import io.debezium.util.Clock;
import io.debezium.util.ColumnUtils;
import io.debezium.util.ColumnUtils.ColumnArray;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresScanFetchTask;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;
import org.apache.flink.cdc.connectors.postgres.source.utils.PostgresQueryUtils;
import org.apache.flink.table.types.logical.RowType;

/**
 * Reads one chunk, values as the text that Postgres writes, and then closes its connection. The
 * connector parses each value by its type, and fails at some. And it opens a connection a chunk and
 * keeps them all, idle within a transaction: they would hold back vacuum and every TRUNCATE, and
 * run out.
 */
final class SnapshotChunk extends PostgresScanFetchTask {
  private volatile Thread reader;

  SnapshotChunk(SnapshotSplit split) {
    super(split);
  }

  @Override
  public void execute(Context context) throws Exception {
    reader = Thread.currentThread();
    try {
      super.execute(context);
    } finally {
      reader = null;
      ((PostgresSourceFetchTaskContext) context).getConnection().close();
    }
  }

  @Override
  protected void executeDataSnapshot(Context context) throws Exception {
    PostgresSourceFetchTaskContext fetch = (PostgresSourceFetchTaskContext) context;
    PostgresSchema schema =
        Utils.refreshSchema(fetch.getDatabaseSchema(), fetch.getConnection(), true);
    Table table = schema.tableFor(snapshotSplit.getTableId());
    SnapshotReceiver<PostgresPartition> receiver =
        fetch.getEventDispatcher().getSnapshotChangeEventReceiver();
    QueueRoom room = new QueueRoom(fetch.getQueue());
    try (PreparedStatement statement = select(table, fetch);
        ResultSet rows = statement.executeQuery()) {
      ColumnArray columns = ColumnUtils.toArray(rows, table);
      while (rows.next()) {
        Object[] row = new Object[columns.getGreatestColumnPosition()];
        long size = 0;
        for (int i = 0; i < columns.getColumns().length; i++) {
          String value = rows.getString(i + 1);
          row[columns.getColumns()[i].position() - 1] = value;
          size += value == null ? 0 : value.length();
        }
        room.await(size);
        fetch.getOffsetContext().event(table.id(), Instant.now());
        fetch
            .getEventDispatcher()
            .dispatchSnapshotEvent(
                fetch.getPartition(),
                table.id(),
                new SnapshotChangeRecordEmitter<>(
                    fetch.getPartition(), fetch.getOffsetContext(), row, Clock.SYSTEM),
                receiver);
      }
    }
    receiver.completeSnapshot();
  }

  private PreparedStatement select(Table table, PostgresSourceFetchTaskContext fetch) {
    RowType key = snapshotSplit.getSplitKeyType();
    Object[] start = snapshotSplit.getSplitStart();
    Object[] end = snapshotSplit.getSplitEnd();
    Column column = KeyChunks.column(table);
    List<String> uuids = column.typeName().equals("uuid") ? List.of(column.name()) : List.of();
    return PostgresQueryUtils.readTableSplitDataStatement(
        fetch.getConnection(),
        PostgresQueryUtils.buildSplitScanQuery(table.id(), key, start == null, end == null, uuids),
        start == null,
        end == null,
        start,
        end,
        key.getFieldCount(),
        fetch.getDbzConnectorConfig().getQueryFetchSize());
  }

  /** Ends a reader that waits for room in the queue: nobody will take anything out of it. */
  @Override
  public void close() {
    super.close();
    Thread waiting = reader;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
