package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of one row: its newest version, what it counts for, and how much. Counting is the
 * difference of two of these, so repeats, re-reads and compacted histories cannot miscount. Plain
 * logic.
 *
 * @param target null if the row was only ever seen as a bare key
 * @param changedAt time of the change that made it so, epoch milliseconds
 */
record RowPresence(
    RowVersion version, boolean counted, CounterTarget target, long changedAt, long amount) {

  /** Flink's type of this state. */
  static final TypeInformation<RowPresence> TYPE =
      ValueType.of(RowPresence.class, new Serializer());

  /**
   * Applies a change and hands out what it does to the counts.
   *
   * @param before null if the row is new here
   * @return what is known then; {@code before} itself if the change is older than it
   */
  static RowPresence apply(RowPresence before, CountedRow row, Consumer<CounterDelta> out) {
    if (before != null && row.version().compareTo(before.version) < 0) {
      return before;
    }
    RowPresence after = after(before, row);
    boolean counted = before != null && before.counted;
    if (counted && after.counted) {
      moved(before, after, row, out);
    } else if (after.counted) {
      out.accept(delta(after, row, after.amount, true));
    } else if (counted) {
      out.accept(delta(before, row, -before.amount, true));
    } else if (before == null && after.target != null) {
      // a run that failed may have written its coming, which compaction has taken since
      out.accept(delta(after, row, 0, false));
    }
    return after;
  }

  /** A bare key does not say what the row was. */
  private static RowPresence after(RowPresence before, CountedRow row) {
    boolean isKnown = row.target() != null || before == null;
    CounterTarget target = isKnown ? row.target() : before.target;
    return new RowPresence(
        row.version(),
        row.counted() && target != null,
        target,
        row.time(),
        isKnown ? row.amount() : before.amount);
  }

  /**
   * Moves of a row have no event of their own: to another target, or into a newer generation, which
   * changes no count and must not look as if it did. Both at once is a key that came again while
   * nobody looked: events may tell of that, and of its going. A change of its amount may have one.
   */
  private static void moved(
      RowPresence before, RowPresence after, CountedRow row, Consumer<CounterDelta> out) {
    boolean carried = before.version.generation() != after.version.generation();
    if (!before.target.equals(after.target)) {
      out.accept(delta(before, row, -before.amount, carried));
      out.accept(delta(after, row, after.amount, carried));
      return;
    }
    if (carried) {
      out.accept(delta(after, row, before.amount, false, before.version.generation()));
    }
    if (before.amount != after.amount) {
      out.accept(delta(after, row, after.amount - before.amount, true));
    }
  }

  private static CounterDelta delta(
      RowPresence of, CountedRow row, long amount, boolean announced) {
    return delta(of, row, amount, announced, 0);
  }

  private static CounterDelta delta(
      RowPresence of, CountedRow row, long amount, boolean announced, long carriedFrom) {
    return new CounterDelta(
        of.target,
        row.key().kind(),
        amount > 0,
        Math.floorDiv(row.time(), 1000L),
        of.version.generation(),
        announced,
        carriedFrom,
        row.undated(),
        Math.abs(amount));
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<RowPresence> {
    private static final int LAYOUT = 2;

    /** Of rows that count for 1, in which an earlier build reads them, too. */
    private static final int LAYOUT_OF_ONE = 1;

    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(RowPresence presence, DataOutputView out) throws IOException {
      out.writeByte(presence.amount == 1 ? LAYOUT_OF_ONE : LAYOUT);
      out.writeByte((presence.counted ? 2 : 0) | (presence.target != null ? 1 : 0));
      presence.version.write(out);
      out.writeLong(presence.changedAt);
      if (presence.target != null) {
        TARGET.write(presence.target, out);
      }
      if (presence.amount != 1) {
        PackedNumber.write(presence.amount, out);
      }
    }

    @Override
    protected RowPresence read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      int bits = in.readByte();
      RowVersion version = RowVersion.read(in);
      long changedAt = in.readLong();
      return new RowPresence(
          version,
          (bits & 2) != 0,
          (bits & 1) != 0 ? TARGET.read(in) : null,
          changedAt,
          layout == LAYOUT_OF_ONE ? 1 : PackedNumber.read(in));
    }
  }
}
