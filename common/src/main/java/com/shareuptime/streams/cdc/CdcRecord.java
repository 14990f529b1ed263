package com.shareuptime.streams.cdc;

import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;

import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.util.Arrays;
import org.apache.flink.api.common.typeinfo.TypeInformation;

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
    @Layout(as = OPTIONAL) RowVersion version,
    @Layout(as = OPTIONAL) Heartbeat heartbeat,
    @Layout(as = OPTIONAL) GenerationEnd end) {

  /** Flink's type of these records. */
  public static final TypeInformation<CdcRecord> TYPE =
      ValueType.of(CdcRecord.class, new Serializer());

  /** Layout between subtasks; state never keeps it. */
  public static final class Serializer extends RecordSerializer<CdcRecord> {}

  @Override
  public boolean equals(Object other) {
    return other instanceof CdcRecord that
        && that.table.equals(table)
        && that.partition == partition
        && that.offset == offset;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new long[] {table.number(), partition, offset});
  }
}
