package com.shareuptime.streams.proof.bench.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients that are never what limits a measurement. */
public final class KafkaClients {
  private KafkaClients() {}

  /** Sends in large batches. */
  public static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    return producer(bootstrap, 50);
  }

  /** Sends a row as ingest does: with those of the next 20 ms. */
  public static KafkaProducer<byte[], byte[]> rowProducer(String bootstrap) {
    return producer(bootstrap, 20);
  }

  /** Sends each record at once. */
  public static KafkaProducer<byte[], byte[]> promptProducer(String bootstrap) {
    return producer(bootstrap, 0);
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap, int lingerMillis) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("linger.ms", lingerMillis);
    properties.put("batch.size", 512 << 10);
    properties.put("buffer.memory", 64L << 20);
    // a busy machine is no failure; a repeat has no effect on counts, only the order must stay
    properties.put("enable.idempotence", false);
    properties.put("max.in.flight.requests.per.connection", 1);
    properties.put("request.timeout.ms", 120_000);
    properties.put("delivery.timeout.ms", 240_000);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads all partitions of a topic from where it is told to. */
  public static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, String topic) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("enable.auto.commit", false);
    properties.put("auto.offset.reset", "earliest");
    properties.put("max.poll.records", 10_000);
    properties.put("max.partition.fetch.bytes", 4 << 20);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    return consumer;
  }
}
