package com.shareuptime.streams.proof.bench.generator;

import com.shareuptime.streams.proof.server.KafkaClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Copies a beat into every partition of every cdc topic, as ingest does. The position of each is
 * its time in epoch milliseconds, so progress past a moment tells that all that Kafka had by then
 * is visible.
 */
public final class Heartbeats {
  private static final long PERIOD_MILLIS = 100;
  private static final long NOW_AND_THEN_MILLIS = 250;

  private final Producer<byte[], byte[]> out;
  private final Map<String, Integer> partitions = new HashMap<>();
  private long nextMillis;

  /**
   * @param tables whose topics get the beats
   */
  public Heartbeats(Producer<byte[], byte[]> out, List<String> tables) {
    this.out = out;
    for (String table : tables) {
      String topic = "cdc." + table;
      partitions.put(topic, out.partitionsFor(topic).size());
    }
  }

  /** Beats on a clock until it is closed, with a producer that sends each at once. */
  public static AutoCloseable start(String bootstrap, List<String> tables) {
    Producer<byte[], byte[]> out = KafkaClients.promptProducer(bootstrap);
    Heartbeats beats = new Heartbeats(out, tables);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(
        () -> beats.send(System.currentTimeMillis()), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return () -> {
      clock.shutdownNow();
      out.close();
    };
  }

  /**
   * Sends a beat if the last one was a while ago: between rows that are sent as fast as it goes.
   */
  public void sendNowAndThen() {
    long now = System.currentTimeMillis();
    if (now >= nextMillis) {
      send(now);
      nextMillis = now + NOW_AND_THEN_MILLIS;
    }
  }

  /** Sends one beat, whose position is its time. */
  public void send(long atMillis) {
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            byte[] beat = RowEncoder.heartbeat(atMillis, atMillis, partition, count);
            out.send(
                new ProducerRecord<>(
                    topic,
                    partition,
                    null,
                    RowEncoder.heartbeatKey(partition),
                    null,
                    List.of(new RecordHeader("heartbeat", beat))));
          }
        });
  }
}
