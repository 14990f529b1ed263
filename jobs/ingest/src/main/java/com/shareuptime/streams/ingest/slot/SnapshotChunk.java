package com.shareuptime.streams.ingest.slot;

import org.apache.flink.cdc.connectors.base.source.meta.split.SnapshotSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresScanFetchTask;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresSourceFetchTaskContext;

/**
 * Reads one chunk and then closes its connection. The connector opens one a chunk and keeps them
 * all, idle within a transaction: they would hold back vacuum and every TRUNCATE, and run out.
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
