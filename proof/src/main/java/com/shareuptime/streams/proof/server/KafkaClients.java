package com.shareuptime.streams.proof.server;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients that are never what limits a measurement, and one that waits for its brokers. */
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
    return producer(properties);
  }

  /** Loses nothing, and waits while the brokers are away; takes records of up to 3 MiB. */
  public static KafkaProducer<byte[], byte[]> patientProducer(String bootstrap) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("acks", "all");
    properties.put("linger.ms", 20);
    properties.put("enable.metrics.push", false);
    properties.put("batch.size", 64 << 10);
    properties.put("buffer.memory", 64L << 20);
    properties.put("max.request.size", 3 << 20);
    properties.put("max.block.ms", 600_000L);
    properties.put("reconnect.backoff.max.ms", 1_000L);
    return producer(properties);
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> properties) {
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
    properties.put("reconnect.backoff.max.ms", 1_000L);
    properties.put("default.api.timeout.ms", 30_000);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList());
    return consumer;
  }
}
