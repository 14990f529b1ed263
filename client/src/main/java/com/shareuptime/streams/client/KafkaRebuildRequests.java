package com.shareuptime.streams.client;

import java.time.Duration;
import java.util.Locale;
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
  public static final String TOPIC = "pipeline-control";

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

  /** One message, keyed by its subject so that requests for one stay in order. */
  public static ProducerRecord<String, String> message(RebuildRequest request) {
    return new ProducerRecord<>(
        TOPIC,
        request.subject().name().toLowerCase(Locale.ROOT) + ":" + request.id(),
        request.json());
  }

  @Override
  public void request(RebuildRequest request) {
    sender.execute(() -> send(request));
  }

  private void send(RebuildRequest request) {
    try {
      producer.send(
          message(request),
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
