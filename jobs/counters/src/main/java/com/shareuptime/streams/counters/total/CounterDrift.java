package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A settlement: so many events of one second for which no row came (taken back), or rows for which
 * no event came (the count was right already); or by how much a count was corrected that was proven
 * wrong.
 *
 * @param second of the events or rows, epoch seconds
 * @param version of the settlement, so that the newest word on it stays
 */
public record CounterDrift(
    CounterTarget target,
    CounterKind kind,
    boolean create,
    Reason reason,
    long second,
    int amount,
    long version) {

  /** Why events and rows did not meet. */
  public enum Reason {
    PHANTOM,
    LOST,
    CORRECTED;

    private static final Reason[] ALL = values();

    /** As the table and the metrics name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a sink keeps the newest of. */
  public record Key(
      CounterTarget target, CounterKind kind, boolean create, Reason reason, long second) {}

  /** What this is the newest word on. */
  public Key key() {
    return new Key(target, kind, create, reason, second);
  }

  /** Flink's type of these settlements. */
  public static final TypeInformation<CounterDrift> TYPE =
      ValueType.of(CounterDrift.class, new Serializer());

  /** Layout between subtasks and in the sink's state: a version byte first. */
  public static final class Serializer extends ValueSerializer<CounterDrift> {
    private static final int LAYOUT = 1;
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(CounterDrift drift, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      TARGET.write(drift.target, out);
      out.writeByte(drift.kind.ordinal());
      out.writeBoolean(drift.create);
      out.writeByte(drift.reason.ordinal());
      out.writeLong(drift.second);
      out.writeInt(drift.amount);
      out.writeLong(drift.version);
    }

    @Override
    protected CounterDrift read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      return new CounterDrift(
          TARGET.read(in),
          CounterKind.of(in.readByte()),
          in.readBoolean(),
          Reason.ALL[in.readByte()],
          in.readLong(),
          in.readInt(),
          in.readLong());
    }
  }
}
