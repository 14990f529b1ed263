package com.shareuptime.streams.counters.window;

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
 * The net change of a target's counters in one minute, as it now stands.
 *
 * @param start the minute's start, epoch milliseconds
 * @param counts arrivals without departures
 */
public record WindowUpdate(CounterTarget target, long start, Counts counts, long version) {

  /** Flink's type of these updates. */
  public static final TypeInformation<WindowUpdate> TYPE =
      ValueType.of(WindowUpdate.class, new Serializer());

  /** What a sink keeps the newest of. */
  public record Key(CounterTarget target, long start) {}

  /** The row that this is the newest word on. */
  public Key key() {
    return new Key(target, start);
  }

  /** Layout between subtasks and in the sink's state: a version byte first. */
  public static final class Serializer extends ValueSerializer<WindowUpdate> {
    private static final int LAYOUT = 2; // 2: as many counts as there are
    private static final PackedCounts COUNTS = new PackedCounts();
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(WindowUpdate update, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      TARGET.write(update.target, out);
      out.writeLong(update.start);
      COUNTS.write(update.counts, out);
      out.writeLong(update.version);
    }

    @Override
    protected WindowUpdate read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      return new WindowUpdate(
          TARGET.read(in),
          in.readLong(),
          layout == 1 ? PackedCounts.readWide(in) : COUNTS.read(in),
          in.readLong());
    }
  }
}
