package com.shareuptime.streams.ingest.slot;

import org.apache.flink.cdc.connectors.base.source.meta.split.StreamSplit;
import org.apache.flink.cdc.connectors.postgres.source.fetch.PostgresStreamFetchTask;

/** Reads the slot's stream until it is closed, or fails once the server no longer sends it. */
final class SlotStream extends PostgresStreamFetchTask {
  private final ReplicationSlot slot;
  private volatile Thread reader;
  private volatile boolean givenUp;

  SlotStream(StreamSplit split, ReplicationSlot slot) {
    super(split);
    this.slot = slot;
  }

  @Override
  public void execute(Context context) throws Exception {
    reader = Thread.currentThread();
    try (ReaderWatch watch = ReaderWatch.start(slot, this::giveUp)) {
      super.execute(context);
    } finally {
      reader = null;
    }
    if (givenUp) {
      throw new IllegalStateException(
          "the server has given up this reader of its slot, and nothing was heard of it: the"
              + " connection is dead");
    }
  }

  private void giveUp() {
    givenUp = true;
    close();
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
