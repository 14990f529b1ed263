package com.shareuptime.streams.feeds.archive;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.option.KafkaAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the feeds job puts into {@code feed-deliveries}, by a test's hand. Each delivery has a post
 * of its own, numbered from 1 on, in the feeds of three users, twice; and as LSNs are these
 * numbers, a surface that shows LSN n must hold the posts up to n.
 */
final class DeliveryTopic implements AutoCloseable {
  static final int USERS = 3;
  private static final int PARTITIONS = 4;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private long post;
  private long startMicros;

  DeliveryTopic(String bootstrap) {
    Properties properties = new KafkaAddress(bootstrap, null).properties();
    properties.setProperty("linger.ms", "5");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    heart.scheduleAtFixedRate(this::beat, 0, 50, TimeUnit.MILLISECONDS);
  }

  /**
   * Delivers so many new posts; returns the number of the last.
   *
   * @throws ExecutionException if Kafka did not take all of them
   */
  synchronized long deliver(int posts) throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(2 * posts);
    for (int i = 0; i < posts; i++) {
      post++;
      String json =
          "{\"author_id\":%d,\"posts\":[{\"id\":%d,\"at\":%d}],\"users\":[1,2,3]}"
              .formatted(post % 50 + 1, post, System.currentTimeMillis() * 1000);
      sent.add(send(json));
      sent.add(send(json));
    }
    producer.flush();
    for (Future<RecordMetadata> record : sent) {
      record.get();
    }
    return post;
  }

  /** Something else than a delivery. */
  void raw(byte[] value) {
    producer.send(new ProducerRecord<>(FeedArchiveJob.TOPIC, null, value));
    producer.flush();
  }

  private Future<RecordMetadata> send(String json) {
    byte[] author = Long.toString(post % 50 + 1).getBytes(StandardCharsets.US_ASCII);
    return producer.send(
        new ProducerRecord<>(
            FeedArchiveJob.TOPIC, author, json.getBytes(StandardCharsets.US_ASCII)));
  }

  private synchronized void beat() {
    long micros = Math.max(System.currentTimeMillis() * 1000, startMicros + 1000);
    startMicros = micros;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      var record =
          new ProducerRecord<byte[], byte[]>(
              FeedArchiveJob.TOPIC, partition, Heartbeat.key(partition), null);
      record
          .headers()
          .add(Heartbeat.HEADER, new Heartbeat(micros, post, partition, PARTITIONS, 1).toHeader());
      producer.send(record);
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    producer.close();
  }
}
