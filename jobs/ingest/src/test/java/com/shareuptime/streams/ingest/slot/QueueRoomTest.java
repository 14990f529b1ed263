package com.shareuptime.streams.ingest.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.util.LoggingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class QueueRoomTest {
  private static final int MIB = 1 << 20;

  private final ChangeEventQueue<String> queue =
      new ChangeEventQueue.Builder<String>()
          .pollInterval(Duration.ofMillis(1))
          .maxBatchSize(4)
          .maxQueueSize(100)
          .loggingContextSupplier(() -> LoggingContext.forConnector("test", "test", "test"))
          .build();

  @Test
  void aLargeRowWaitsUntilThoseBeforeItAreTaken() throws Exception {
    for (int i = 0; i < 8; i++) {
      queue.enqueue("row");
    }
    QueueRoom room = new QueueRoom(queue);
    room.await(8 * MIB); // eight of them are allowed
    CompletableFuture<Void> larger =
        CompletableFuture.runAsync(
            () -> {
              try {
                room.await(16 * MIB);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(queue.totalCapacity() - queue.remainingCapacity()).isEqualTo(8);
    assertThat(larger).isNotDone();

    assertThat(queue.poll()).hasSize(4);
    larger.get(60, TimeUnit.SECONDS);
  }

  @Test
  void smallRowsFillTheQueue() throws Exception {
    for (int i = 0; i < 100; i++) {
      queue.enqueue("row");
    }
    new QueueRoom(queue).await(500);
  }
}
