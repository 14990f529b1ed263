package com.shareuptime.streams.deadletter;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter as a record of the topic {@code dead-letters}: the original bytes as key and value,
 * the rest as headers of UTF-8 text.
 */
public final class DeadLetterRecord implements KafkaRecordSerializationSchema<DeadLetter> {
  /** The topic. */
  public static final String TOPIC = "dead-letters";

  /**
   * What the topic and a producer to it must allow: twice the largest event, as headers come on
   * top.
   */
  public static final int MAX_BYTES = 4 << 20;

  private static final long serialVersionUID = 1;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    var record = new ProducerRecord<>(TOPIC, null, letter.failedAt(), letter.key(), letter.value());
    add(record.headers(), "reason", letter.reason());
    add(record.headers(), "job", letter.job());
    add(record.headers(), "topic", letter.topic());
    add(record.headers(), "partition", Integer.toString(letter.partition()));
    add(record.headers(), "offset", Long.toString(letter.offset()));
    add(record.headers(), "failed-at", Long.toString(letter.failedAt()));
    add(record.headers(), "detail", letter.detail());
    return record;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
