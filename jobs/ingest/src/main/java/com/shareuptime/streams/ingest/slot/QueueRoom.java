package com.shareuptime.streams.ingest.slot;

import io.debezium.connector.base.ChangeEventQueue;

/**
 * Bounds the memory of the connector's queue. The queue counts rows, and as many as it takes of the
 * largest ones are more than any memory.
 */
record QueueRoom(ChangeEventQueue<?> queue) {
  /** What waits to be written may take this much; a few times more are on their way. */
  private static final long BYTES = 64L << 20;

  /** Waits until the queue holds no more rows than there is room for, if all are this large. */
  void await(long rowBytes) throws InterruptedException {
    long most = BYTES / Math.max(1, rowBytes);
    while (queue.totalCapacity() - queue.remainingCapacity() > most) {
      Thread.sleep(1);
    }
  }
}
