package com.shareuptime.streams.bench.feeds;

import com.shareuptime.streams.bench.KafkaClients;
import com.shareuptime.streams.bench.generator.RowSpeller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Beats in all partitions of the feeds job's tables until it is closed. The position of each is its
 * time in epoch milliseconds, so progress past a moment tells that all that Kafka had by then is
 * visible.
 */
final class Beats implements AutoCloseable {
  private static final List<String> TOPICS = List.of("cdc.users", "cdc.posts", "cdc.follows");
  private static final long PERIOD_MILLIS = 100;

  private final KafkaProducer<byte[], byte[]> out;
  private final Map<String, Integer> partitions = new LinkedHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Beats(String bootstrap) {
    this.out = KafkaClients.promptProducer(bootstrap);
    TOPICS.forEach(topic -> partitions.put(topic, out.partitionsFor(topic).size()));
    clock.scheduleAtFixedRate(this::send, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    long now = System.currentTimeMillis();
    partitions.forEach(
        (topic, count) -> {
          for (int partition = 0; partition < count; partition++) {
            byte[] beat = RowSpeller.heartbeat(now, now, partition, count);
            byte[] key = RowSpeller.heartbeatKey(partition);
            Header header = new RecordHeader("heartbeat", beat);
            out.send(new ProducerRecord<>(topic, partition, null, key, null, List.of(header)));
          }
        });
  }

  @Override
  public void close() {
    clock.shutdownNow();
    out.close();
  }
}
