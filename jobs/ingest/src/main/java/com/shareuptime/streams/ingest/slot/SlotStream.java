package com.shareuptime.streams.ingest.slot;

import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresStreamFetchTask;

/** Reads the slot's stream until it is closed. */
final class SlotStream extends PostgresStreamFetchTask {
  private volatile Thread reader;

  SlotStream(StreamSplit split) {
    super(split);
  }

  @Override
  public void execute(Context context) throws Exception {
    reader = Thread.currentThread();
    try {
      super.execute(context);
    } finally {
      reader = null;
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
