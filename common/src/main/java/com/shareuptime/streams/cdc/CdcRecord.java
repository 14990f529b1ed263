package com.shareuptime.streams.cdc;

import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One record of a cdc topic, its headers read and its JSON not yet: a change of a row ({@code
 * version} is there), a heartbeat, the end of a generation, or something that none of ours has
 * written (all three are null).
 *
 * @param timestamp Kafka's, in milliseconds
 * @param value null for a tombstone
 */
public record CdcRecord(
    CdcTable table,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    RowVersion version,
    Heartbeat heartbeat,
    GenerationEnd end) {

  /** Flink's type of these records. */
  public static final TypeInformation<CdcRecord> TYPE =
      ValueType.of(CdcRecord.class, new Serializer());

  /** The record's layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<CdcRecord> {
    @Override
    protected void write(CdcRecord record, DataOutputView out) throws IOException {
      out.writeByte(record.table.ordinal());
      out.writeInt(record.partition);
      out.writeLong(record.offset);
      out.writeLong(record.timestamp);
      writeBytes(record.key, out);
      writeBytes(record.value, out);
      out.writeBoolean(record.version != null);
      if (record.version != null) {
        record.version.write(out);
      }
      writeBytes(record.heartbeat == null ? null : record.heartbeat.toHeader(), out);
      writeBytes(record.end == null ? null : record.end.toHeader(), out);
    }

    @Override
    protected CdcRecord read(DataInputView in) throws IOException {
      CdcTable table = CdcTable.of(in.readByte());
      int partition = in.readInt();
      long offset = in.readLong();
      long timestamp = in.readLong();
      byte[] key = readBytes(in);
      byte[] value = readBytes(in);
      RowVersion version = in.readBoolean() ? RowVersion.read(in) : null;
      byte[] heartbeat = readBytes(in);
      byte[] end = readBytes(in);
      return new CdcRecord(
          table,
          partition,
          offset,
          timestamp,
          key,
          value,
          version,
          heartbeat == null ? null : Heartbeat.parse(heartbeat),
          end == null ? null : GenerationEnd.parse(end));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CdcRecord that
        && that.table == table
        && that.partition == partition
        && that.offset == offset;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {table.ordinal(), partition, offset});
  }
}
