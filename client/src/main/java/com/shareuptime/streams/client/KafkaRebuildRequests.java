package com.shareuptime.streams.client;

import com.shareuptime.streams.contract.control.ControlMessage;
import com.shareuptime.streams.contract.control.ControlMessage.Rebuild;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends requests to the topic {@code pipeline-control}, from a thread of its own: a producer blocks
 * while Kafka is away. What does not fit the queue meanwhile is dropped and counted.
 */
public final class KafkaRebuildRequests implements RebuildRequests, AutoCloseable {
  private static final int QUEUE = 1_000;
  private static final long CLOSE_SECONDS = 5;

  private final Producer<String, String> producer;
  private final LongAdder dropped = new LongAdder();
  private final ThreadPoolExecutor sender;

  /**
   * @param producer closed with this
   */
  public KafkaRebuildRequests(Producer<String, String> producer) {
    this.producer = producer;
    this.sender =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "rebuild-requests");
              thread.setDaemon(true);
              return thread;
            },
            (task, full) -> dropped.increment());
  }

  public static KafkaRebuildRequests to(String bootstrap) {
    return new KafkaRebuildRequests(
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new StringSerializer(),
            new StringSerializer()));
  }

  @Override
  public void request(Rebuild request) {
    sender.execute(() -> send(request));
  }

  private void send(Rebuild request) {
    try {
      producer.send(
          new ProducerRecord<>(ControlMessage.TOPIC, request.key(), request.json()),
          (sent, failure) -> {
            if (failure != null) {
              dropped.increment();
            }
          });
    } catch (KafkaException e) {
      dropped.increment();
    }
  }

  /** Requests that never reached Kafka. */
  public long dropped() {
    return dropped.sum();
  }

  @Override
  public void close() {
    sender.shutdown();
    try {
      sender.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(Duration.ofSeconds(CLOSE_SECONDS));
  }
}
