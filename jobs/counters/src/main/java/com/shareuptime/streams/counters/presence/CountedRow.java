package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A change of a row that counts.
 *
 * @param counted whether the row counts after it: it is there, and not soft-deleted
 * @param target what it counts for; null where the change carries only the key
 * @param elsewhere whether it counts for what the model has not
 * @param time epoch milliseconds: when it was committed, or created where a snapshot has read it
 * @param amount what it counts for, if it does
 * @param undated whether a snapshot has read it, and it does not say when it was created: then it
 *     counts in the totals only
 */
public record CountedRow(
    RowKey key,
    RowVersion version,
    boolean counted,
    CounterTarget target,
    boolean elsewhere,
    long time,
    long amount,
    boolean undated) {

  /** One that counts for 1, or does not say what for. */
  CountedRow(RowKey key, RowVersion version, boolean counted, CounterTarget target, long time) {
    this(key, version, counted, target, false, time, 1, false);
  }

  /** One that counts for what the model has not. */
  static CountedRow elsewhere(RowKey key, RowVersion version, long time) {
    return new CountedRow(key, version, false, null, true, time, 1, false);
  }

  /** Flink's type of these changes. */
  public static final TypeInformation<CountedRow> TYPE =
      ValueType.of(CountedRow.class, new Serializer());

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<CountedRow> {
    private static final RowKey.Serializer KEY = new RowKey.Serializer();
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(CountedRow row, DataOutputView out) throws IOException {
      KEY.write(row.key, out);
      out.writeByte(
          (row.amount != 1 ? 16 : 0)
              | (row.undated ? 8 : 0)
              | (row.elsewhere ? 4 : 0)
              | (row.counted ? 2 : 0)
              | (row.target != null ? 1 : 0));
      row.version.write(out);
      out.writeLong(row.time);
      if (row.target != null) {
        TARGET.write(row.target, out);
      }
      if (row.amount != 1) {
        PackedNumber.write(row.amount, out);
      }
    }

    @Override
    protected CountedRow read(DataInputView in) throws IOException {
      RowKey key = KEY.read(in);
      int bits = in.readByte();
      RowVersion version = RowVersion.read(in);
      long time = in.readLong();
      return new CountedRow(
          key,
          version,
          (bits & 2) != 0,
          (bits & 1) != 0 ? TARGET.read(in) : null,
          (bits & 4) != 0,
          time,
          (bits & 16) != 0 ? PackedNumber.read(in) : 1,
          (bits & 8) != 0);
    }
  }
}
