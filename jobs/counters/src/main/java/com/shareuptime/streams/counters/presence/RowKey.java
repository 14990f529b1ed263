package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The identity of a row that counts. A key of Flink state, so its hash depends on its content
 * alone.
 *
 * @param table of a counter
 * @param discriminator 0 of a row with an id; else the target's type
 * @param first the row's id; else the target's
 * @param second 0; else the actor's id
 */
public record RowKey(CdcTable table, int discriminator, long first, long second) {

  /** Flink's type of these keys. */
  public static final TypeInformation<RowKey> TYPE =
      ValueType.ofKey(RowKey.class, new Serializer());

  /** What the row counts for. */
  CounterKind kind() {
    return table.counter();
  }

  @Override
  public int hashCode() {
    long hash = (first * 31 + second) * 31 + table.ordinal() * 8 + discriminator;
    return Long.hashCode(hash * 0x9E3779B97F4A7C15L);
  }

  /** Eighteen bytes. */
  public static final class Serializer extends ValueSerializer<RowKey> {
    @Override
    protected void write(RowKey key, DataOutputView out) throws IOException {
      out.writeByte(key.table.ordinal());
      out.writeByte(key.discriminator);
      out.writeLong(key.first);
      out.writeLong(key.second);
    }

    @Override
    protected RowKey read(DataInputView in) throws IOException {
      return new RowKey(CdcTable.of(in.readByte()), in.readByte(), in.readLong(), in.readLong());
    }
  }
}
