package com.shareuptime.streams.feeds.archive;

import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;

import com.shareuptime.streams.cdc.Heartbeat;
import com.shareuptime.streams.cdc.HeartbeatWatermarks;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import com.shareuptime.streams.source.RawRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One record of {@code feed-deliveries}, its JSON not yet read.
 *
 * @param heartbeat null unless the record is one
 */
record DeliveryRecord(RawRecord raw, @Layout(as = OPTIONAL) Heartbeat heartbeat) {

  /** Flink's type of these records. */
  static final TypeInformation<DeliveryRecord> TYPE =
      ValueType.of(DeliveryRecord.class, new Serializer());

  /** Layout between subtasks; state never keeps it. */
  static final class Serializer extends RecordSerializer<DeliveryRecord> {}

  /** Heartbeats among these records. */
  static final class Beats implements HeartbeatWatermarks.Input<DeliveryRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public Heartbeat heartbeat(DeliveryRecord record) {
      return record.heartbeat;
    }

    @Override
    public String topic(DeliveryRecord record) {
      return record.raw.topic();
    }
  }

  /** Reads the header; one that cannot be read makes the record a dead letter further on. */
  static final class Deserializer implements KafkaRecordDeserializationSchema<DeliveryRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<DeliveryRecord> out) {
      out.collect(new DeliveryRecord(RawRecord.of(record), heartbeat(record)));
    }

    private static Heartbeat heartbeat(ConsumerRecord<byte[], byte[]> record) {
      Header header = record.value() == null ? record.headers().lastHeader(Heartbeat.HEADER) : null;
      if (header == null) {
        return null;
      }
      try {
        return Heartbeat.parse(header.value());
      } catch (RuntimeException malformed) {
        return null;
      }
    }

    @Override
    public TypeInformation<DeliveryRecord> getProducedType() {
      return TYPE;
    }
  }
}
