package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One Kafka record with its explicit partition and its one header.
 *
 * @param value null for a tombstone, a heartbeat and the end of a generation
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never a key
public record TopicRecord(
    String topic, int partition, byte[] key, byte[] value, String header, byte[] headerValue) {

  /** Flink's type of these records. */
  public static final TypeInformation<TopicRecord> TYPE =
      ValueType.of(TopicRecord.class, new Serializer());

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<TopicRecord> {}
}
