package com.shareuptime.streams.proof.bench.generator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Copies a beat into every partition of every cdc topic, as ingest does. */
public final class Heartbeats {
  private final Producer<byte[], byte[]> out;
  private final Map<String, Integer> partitions = new HashMap<>();

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
