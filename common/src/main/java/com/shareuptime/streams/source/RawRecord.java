package com.shareuptime.streams.source;

import com.shareuptime.streams.cdc.CdcRecord;
import com.shareuptime.streams.deadletter.DeadLetter;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A Kafka record as it came, and where it stood.
 *
 * @param timestamp Kafka's, epoch milliseconds: the append time on the topics of app events
 * @param key may be null
 * @param value may be null
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record RawRecord(
    String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {

  /** Flink's type of these records. */
  public static final TypeInformation<RawRecord> TYPE =
      ValueType.of(RawRecord.class, new Serializer());

  /** A record as Kafka's client has it. */
  public static RawRecord of(ConsumerRecord<byte[], byte[]> record) {
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }

  /** A cdc record as it came. */
  public static RawRecord of(CdcRecord record) {
    return new RawRecord(
        record.table().topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }

  /** This record as a dead letter of {@code job}. */
  public DeadLetter deadLetter(String job, String reason, String detail) {
    return new DeadLetter(
        value == null ? new byte[0] : value,
        key,
        reason,
        job,
        topic,
        partition,
        offset,
        System.currentTimeMillis(),
        detail == null ? "" : detail);
  }

  /** Takes every record as it is. */
  public static final class Deserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
      out.collect(RawRecord.of(record));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
      return TYPE;
    }
  }

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<RawRecord> {}
}
