package com.shareuptime.streams.embed.topic;

import com.shareuptime.streams.vector.DocumentVector;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Vectors as records of their topic. */
public final class VectorSerializer implements KafkaRecordSerializationSchema<DocumentVector> {
  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DocumentVector vector, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(DocumentVector.TOPIC, vector.key(), vector.value());
  }
}
