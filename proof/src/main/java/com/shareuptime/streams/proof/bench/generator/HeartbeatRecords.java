package com.shareuptime.streams.proof.bench.generator;

import com.shareuptime.streams.proof.bench.stack.KafkaClients;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Beats in all partitions of some tables until it is closed. The position of each is its time in
 * epoch milliseconds, so progress past a moment tells that all that Kafka had by then is visible.
 */
public final class HeartbeatRecords implements AutoCloseable {
  private static final long PERIOD_MILLIS = 100;

  private final KafkaProducer<byte[], byte[]> out;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param tables all that the measured job reads
   */
  public HeartbeatRecords(String bootstrap, List<String> tables) {
    this.out = KafkaClients.promptProducer(bootstrap);
    Heartbeats beats = new Heartbeats(out, tables);
    clock.scheduleAtFixedRate(
        () -> beats.send(System.currentTimeMillis()), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    out.close();
  }
}
