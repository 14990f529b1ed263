package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.IngestOptions;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The sink of all cdc topics: at least once, each partition in the order of the slot. The producer
 * is idempotent, so a retry never overtakes; there are no transactions, readers drop repeats by
 * version.
 */
public final class KafkaTopics {
  private KafkaTopics() {}

  /** The sink that the options describe. */
  public static Sink<TopicRecord> sink(IngestOptions options) {
    return new QuietAfterClose(
        KafkaSink.<TopicRecord>builder()
            .setBootstrapServers(options.kafka().bootstrap())
            .setKafkaProducerConfig(producer(options))
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setRecordSerializer(new AsProducerRecord())
            .build(),
        options.slot());
  }

  private static Properties producer(IngestOptions options) {
    Properties producer = options.kafka().properties();
    long timeout = options.deliveryTimeout().toMillis();
    long linger = 20; // a batch costs its two buffers: with many partitions a row must not be one
    producer.setProperty("acks", "all");
    producer.setProperty("enable.idempotence", "true");
    producer.setProperty("linger.ms", String.valueOf(linger));
    producer.setProperty("batch.size", String.valueOf(256 * 1024));
    producer.setProperty("buffer.memory", String.valueOf(64L * 1024 * 1024));
    producer.setProperty("compression.type", "lz4");
    producer.setProperty("delivery.timeout.ms", String.valueOf(timeout));
    producer.setProperty("request.timeout.ms", String.valueOf(Math.max(500, timeout / 2 - linger)));
    producer.setProperty("max.block.ms", String.valueOf(timeout));
    producer.setProperty("max.request.size", String.valueOf(16 * 1024 * 1024));
    return producer;
  }

  private static final class AsProducerRecord
      implements KafkaRecordSerializationSchema<TopicRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        TopicRecord record, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          record.topic(),
          record.partition(),
          null,
          record.key(),
          record.value(),
          List.of(new RecordHeader(record.header(), record.headerValue())));
    }
  }
}
