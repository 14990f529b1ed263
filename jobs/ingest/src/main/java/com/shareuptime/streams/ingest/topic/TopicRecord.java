package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

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

  /** The record's layout between tasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<TopicRecord> {
    @Override
    protected void write(TopicRecord record, DataOutputView out) throws IOException {
      out.writeUTF(record.topic);
      out.writeInt(record.partition);
      writeBytes(record.key, out);
      writeBytes(record.value, out);
      out.writeUTF(record.header);
      writeBytes(record.headerValue, out);
    }

    @Override
    protected TopicRecord read(DataInputView in) throws IOException {
      return new TopicRecord(
          in.readUTF(), in.readInt(), readBytes(in), readBytes(in), in.readUTF(), readBytes(in));
    }
  }
}
