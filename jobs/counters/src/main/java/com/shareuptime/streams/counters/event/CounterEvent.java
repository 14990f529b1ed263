package com.shareuptime.streams.counters.event;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * An app event that says: a row that counts came or went.
 *
 * @param fingerprint 64-bit hash of the event id
 * @param create whether it came
 * @param occurredAt when, in epoch milliseconds, never after {@code appendedAt}
 * @param appendedAt when Kafka took it, in epoch milliseconds
 * @param late whether it counts in the totals only: its minute was closed when Kafka took it
 * @param amount that the row counts for, above 0: an arrival of less than 0 is a departure
 */
public record CounterEvent(
    long fingerprint,
    CounterTarget target,
    CounterKind kind,
    boolean create,
    long occurredAt,
    long appendedAt,
    boolean late,
    int amount) {

  /** One that counts for 1, and is not late. */
  public CounterEvent(
      long fingerprint,
      CounterTarget target,
      CounterKind kind,
      boolean create,
      long occurredAt,
      long appendedAt) {
    this(fingerprint, target, kind, create, occurredAt, appendedAt, false, 1);
  }

  /** The same, too late for its minute. */
  CounterEvent asLate() {
    return new CounterEvent(
        fingerprint, target, kind, create, occurredAt, appendedAt, true, amount);
  }

  /** Flink's type of these events. */
  public static final TypeInformation<CounterEvent> TYPE =
      ValueType.of(CounterEvent.class, new Serializer());

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<CounterEvent> {
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(CounterEvent event, DataOutputView out) throws IOException {
      out.writeLong(event.fingerprint);
      TARGET.write(event.target, out);
      out.writeByte(event.kind.ordinal());
      boolean hasAmount = event.amount != 1;
      out.writeByte((hasAmount ? 4 : 0) | (event.late ? 2 : 0) | (event.create ? 1 : 0));
      out.writeLong(event.occurredAt);
      out.writeLong(event.appendedAt);
      if (hasAmount) {
        out.writeInt(event.amount);
      }
    }

    @Override
    protected CounterEvent read(DataInputView in) throws IOException {
      long fingerprint = in.readLong();
      CounterTarget target = TARGET.read(in);
      CounterKind kind = CounterKind.of(in.readUnsignedByte());
      int bits = in.readByte();
      return new CounterEvent(
          fingerprint,
          target,
          kind,
          (bits & 1) != 0,
          in.readLong(),
          in.readLong(),
          (bits & 2) != 0,
          (bits & 4) != 0 ? in.readInt() : 1);
    }
  }
}
