package com.shareuptime.streams.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A dead letter as a record of the topic {@code dead-letters}: the original bytes as key and value,
 * the rest as headers of UTF-8 text. Of a value larger than the topic takes, its beginning: then
 * {@code full-length} says how long it was, and topic, partition and offset where all of it is.
 */
public final class DeadLetterRecord implements KafkaRecordSerializationSchema<DeadLetter> {
  /** The topic. */
  public static final String TOPIC = "dead-letters";

  /**
   * What the topic and a producer to it must allow: twice the largest event, as headers come on
   * top.
   */
  public static final int MAX_BYTES = 4 << 20;

  private static final int MAX_KEY = 64 << 10;

  /** Room for the headers, and for how Kafka frames a record. */
  private static final int MAX_VALUE = MAX_BYTES - (64 << 10);

  private static final long serialVersionUID = 1;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetter letter, KafkaSinkContext context, Long timestamp) {
    byte[] key = begin(letter.key(), MAX_KEY);
    byte[] value = begin(letter.value(), MAX_VALUE - MAX_KEY);
    var record = new ProducerRecord<>(TOPIC, null, letter.failedAt(), key, value);
    add(record.headers(), "reason", letter.reason());
    add(record.headers(), "job", letter.job());
    add(record.headers(), "topic", letter.topic());
    add(record.headers(), "partition", Integer.toString(letter.partition()));
    add(record.headers(), "offset", Long.toString(letter.offset()));
    add(record.headers(), "failed-at", Long.toString(letter.failedAt()));
    add(record.headers(), "detail", letter.detail());
    if (value.length < letter.value().length) {
      add(record.headers(), "full-length", Integer.toString(letter.value().length));
    }
    return record;
  }

  /** All of it, or as much as the topic takes: the rest is where the letter came from. */
  private static byte[] begin(byte[] bytes, int max) {
    return bytes == null || bytes.length <= max ? bytes : Arrays.copyOf(bytes, max);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
