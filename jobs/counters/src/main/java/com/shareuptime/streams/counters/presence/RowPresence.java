package com.shareuptime.streams.counters.presence;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.CounterDelta;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is known of one row: its newest version, and what it counts for. Counting is the difference
 * of two of these, so repeats, re-reads and compacted histories cannot miscount. Plain logic.
 *
 * @param target null if the row was only ever seen as a bare key
 * @param changedAt time of the change that made it so, epoch milliseconds
 */
record RowPresence(RowVersion version, boolean counted, CounterTarget target, long changedAt) {

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
    CounterTarget target =
        row.target() != null ? row.target() : before == null ? null : before.target;
    RowPresence after =
        new RowPresence(row.version(), row.counted() && target != null, target, row.time());
    boolean counted = before != null && before.counted;
    if (counted && after.counted) {
      moved(before, after, row, out);
    } else if (after.counted) {
      out.accept(delta(after, row, true, true));
    } else if (counted) {
      out.accept(delta(before, row, false, true));
    } else if (before == null && target != null) {
      // a run that failed may have written its coming, which compaction has taken since
      out.accept(delta(after, row, false, false, 0));
    }
    return after;
  }

  /**
   * Moves of a row have no event of their own: to another target, or into a newer generation, which
   * changes no count and must not look as if it did. Both at once is a key that came again while
   * nobody looked: events may tell of that, and of its going.
   */
  private static void moved(
      RowPresence before, RowPresence after, CountedRow row, Consumer<CounterDelta> out) {
    boolean carried = before.version.generation() != after.version.generation();
    if (!before.target.equals(after.target)) {
      out.accept(delta(before, row, false, carried));
      out.accept(delta(after, row, true, carried));
    } else if (carried) {
      out.accept(
          new CounterDelta(
              after.target,
              row.key().kind(),
              true,
              Math.floorDiv(row.time(), 1000L),
              after.version.generation(),
              false,
              before.version.generation(),
              1));
    }
  }

  private static CounterDelta delta(
      RowPresence of, CountedRow row, boolean create, boolean announced) {
    return delta(of, row, create, announced, 1);
  }

  private static CounterDelta delta(
      RowPresence of, CountedRow row, boolean create, boolean announced, int count) {
    CounterKind kind = row.key().kind();
    return new CounterDelta(
        of.target,
        kind,
        create,
        Math.floorDiv(row.time(), 1000L),
        of.version.generation(),
        announced,
        count);
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<RowPresence> {
    private static final int LAYOUT = 1;
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    protected void write(RowPresence presence, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeByte((presence.counted ? 2 : 0) | (presence.target != null ? 1 : 0));
      presence.version.write(out);
      out.writeLong(presence.changedAt);
      if (presence.target != null) {
        TARGET.write(presence.target, out);
      }
    }

    @Override
    protected RowPresence read(DataInputView in) throws IOException {
      readLayout(in, LAYOUT);
      int bits = in.readByte();
      RowVersion version = RowVersion.read(in);
      long changedAt = in.readLong();
      return new RowPresence(
          version, (bits & 2) != 0, (bits & 1) != 0 ? TARGET.read(in) : null, changedAt);
    }
  }
}
