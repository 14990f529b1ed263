package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.count.PackedCounts;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All counters of a target as they now are: what every sink is given.
 *
 * @param version moves only forward for a target, see {@link
 *     com.shareuptime.streams.version.WriteVersion}
 * @param gone whether the target was hard-deleted, and its counters with it
 * @param asOf when this was so, epoch milliseconds
 */
public record CounterUpdate(
    CounterTarget target, Counts counts, long version, boolean gone, long asOf) {

  /** Flink's type of these updates. */
  public static final TypeInformation<CounterUpdate> TYPE =
      ValueType.of(CounterUpdate.class, new Serializer());

  /** Layout between subtasks and in the sinks' state: a version byte first. */
  public static final class Serializer extends ValueSerializer<CounterUpdate> {
    private static final int LAYOUT = 2; // 2: as many counts as there are
    private static final PackedCounts COUNTS = new PackedCounts();
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(CounterUpdate update, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      TARGET.write(update.target, out);
      COUNTS.write(update.counts, out);
      out.writeLong(update.version);
      out.writeBoolean(update.gone);
      out.writeLong(update.asOf);
    }

    @Override
    protected CounterUpdate read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      return new CounterUpdate(
          TARGET.read(in),
          layout == 1 ? PackedCounts.readWide(in) : COUNTS.read(in),
          in.readLong(),
          in.readBoolean(),
          in.readLong());
    }
  }
}
