package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * So many of one kind came, or went, in one second. Arrivals and departures are never netted: each
 * has events of its own to be matched with.
 *
 * @param create whether they came
 * @param second epoch seconds
 * @param generation of the rows that it counts, 0 for events
 * @param announced whether an event and a row tell of the same: false for rows that were only
 *     moved, or carried into a newer generation
 * @param carriedFrom the generation that these rows leave for this one, so that a reader never sees
 *     them gone in between; 0 for rows that come or go, and for events
 * @param late whether it was announced too late for its minute, and counts in the totals only
 * @param count how many, or the sum of their amounts; 0 only touches the target, so that it is
 *     written once after a replay
 */
public record CounterDelta(
    CounterTarget target,
    CounterKind kind,
    boolean create,
    long second,
    long generation,
    boolean announced,
    long carriedFrom,
    boolean late,
    long count)
    implements TruthChange {

  /** Of what is not late. */
  public CounterDelta(
      CounterTarget target,
      CounterKind kind,
      boolean create,
      long second,
      long generation,
      boolean announced,
      long carriedFrom,
      long count) {
    this(target, kind, create, second, generation, announced, carriedFrom, false, count);
  }

  /** Of what comes or goes. */
  public CounterDelta(
      CounterTarget target,
      CounterKind kind,
      boolean create,
      long second,
      long generation,
      boolean announced,
      long count) {
    this(target, kind, create, second, generation, announced, 0, count);
  }

  /** Flink's type of these bundles. */
  public static final TypeInformation<CounterDelta> TYPE =
      ValueType.of(CounterDelta.class, new Serializer());

  /** Layout between subtasks; never kept in state. */
  public static final class Serializer extends ValueSerializer<CounterDelta> {
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    public void write(CounterDelta delta, DataOutputView out) throws IOException {
      TARGET.write(delta.target, out);
      out.writeByte(delta.kind.ordinal());
      out.writeByte((delta.late ? 4 : 0) | (delta.create ? 2 : 0) | (delta.announced ? 1 : 0));
      out.writeLong(delta.second);
      out.writeLong(delta.generation);
      out.writeLong(delta.carriedFrom);
      PackedNumber.write(delta.count, out);
    }

    @Override
    public CounterDelta read(DataInputView in) throws IOException {
      CounterTarget target = TARGET.read(in);
      CounterKind kind = CounterKind.of(in.readUnsignedByte());
      int bits = in.readByte();
      return new CounterDelta(
          target,
          kind,
          (bits & 2) != 0,
          in.readLong(),
          in.readLong(),
          (bits & 1) != 0,
          in.readLong(),
          (bits & 4) != 0,
          PackedNumber.read(in));
    }
  }
}
