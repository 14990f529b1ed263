package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.GenerationComplete;
import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.count.PackedCounts;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What changes the truth of counters, or asks for a counter to be written again. */
public sealed interface TruthChange
    permits CounterDelta,
        TruthChange.TargetRow,
        TruthChange.Generation,
        TruthChange.Refresh,
        TruthChange.Correction {

  /** Flink's type of these changes. */
  TypeInformation<TruthChange> TYPE = ValueType.of(TruthChange.class, new Serializer());

  /** The target that it concerns. */
  CounterTarget target();

  /** The row of the target itself: there, or hard-deleted. */
  record TargetRow(CounterTarget target, RowVersion version, boolean exists)
      implements TruthChange {
    /** Flink's type of these rows alone. */
    public static final TypeInformation<TargetRow> TYPE =
        ValueType.of(TargetRow.class, new Serializer());

    /** Layout between subtasks; never kept in state. */
    public static final class Serializer extends ValueSerializer<TargetRow> {
      private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

      @Override
      protected void write(TargetRow row, DataOutputView out) throws IOException {
        TARGET.write(row.target, out);
        row.version.write(out);
        out.writeBoolean(row.exists);
      }

      @Override
      protected TargetRow read(DataInputView in) throws IOException {
        return new TargetRow(TARGET.read(in), RowVersion.read(in), in.readBoolean());
      }
    }
  }

  /** News of a generation. Goes to every subtask; its target means nothing. */
  record Generation(GenerationComplete news) implements TruthChange {
    private static final CounterTarget NONE = new CounterTarget(Target.Type.POST, Id.of(1));

    @Override
    public CounterTarget target() {
      return NONE;
    }
  }

  /** Write what is known of this target, even if that is nothing. */
  record Refresh(CounterTarget target) implements TruthChange {}

  /**
   * Make the truth what the tables say, if nothing was written since this was proven.
   *
   * @param ifVersion of the write that was looked at
   * @param truth null where the tables have no row of the target
   * @param found what that write had; null if it is not known
   */
  record Correction(CounterTarget target, long ifVersion, Counts truth, Counts found)
      implements TruthChange {
    private static final PackedCounts COUNTS = new PackedCounts();
    private static final int WITH_FOUND = 1;
    private static final int WITHOUT_ROW = 2;

    /**
     * This one where an earlier one is to be made first: of a counter that it has found as the
     * earlier one has left it, what that one had found. One that is no newer is a repeat.
     */
    Correction after(Correction earlier) {
      if (ifVersion <= earlier.ifVersion) {
        return earlier;
      }
      if (truth == null || found == null || earlier.truth == null || earlier.found == null) {
        return this;
      }
      return new Correction(target, ifVersion, truth, foundBefore(earlier));
    }

    private Counts foundBefore(Correction earlier) {
      long[] before = new long[Math.max(found.size(), earlier.found.size())];
      for (int i = 0; i < before.length; i++) {
        CounterKind kind = CounterKind.of(i);
        before[i] =
            found.of(kind) == earlier.truth.of(kind) ? earlier.found.of(kind) : found.of(kind);
      }
      return Counts.of(before);
    }

    void write(DataOutputView out) throws IOException {
      PackedNumber.write(ifVersion, out);
      COUNTS.write(truth == null ? Counts.ZERO : truth, out);
      out.writeByte((found != null ? WITH_FOUND : 0) | (truth == null ? WITHOUT_ROW : 0));
      if (found != null) {
        COUNTS.write(found, out);
      }
    }

    static Correction read(CounterTarget target, DataInputView in) throws IOException {
      return read(target, in, true);
    }

    /**
     * @param counted whether it says how many counts it has, as layouts of earlier builds did not
     */
    static Correction read(CounterTarget target, DataInputView in, boolean counted)
        throws IOException {
      long ifVersion = PackedNumber.read(in);
      Counts truth = counts(in, counted);
      int parts = in.readByte();
      return new Correction(
          target,
          ifVersion,
          (parts & WITHOUT_ROW) != 0 ? null : truth,
          (parts & WITH_FOUND) != 0 ? counts(in, counted) : null);
    }

    private static Counts counts(DataInputView in, boolean counted) throws IOException {
      return counted ? COUNTS.read(in) : PackedCounts.read(in, PackedCounts.FIRST);
    }
  }

  /** Layout between subtasks, a tag first; of what it writes, state keeps generations only. */
  final class Serializer extends ValueSerializer<TruthChange> {
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();
    private static final TargetRow.Serializer ROW = new TargetRow.Serializer();
    private static final CounterDelta.Serializer DELTA = new CounterDelta.Serializer();
    private static final CdcTable.Serializer TABLE = new CdcTable.Serializer();

    @Override
    protected void write(TruthChange change, DataOutputView out) throws IOException {
      if (change instanceof CounterDelta delta) {
        out.writeByte(0);
        DELTA.write(delta, out);
      } else if (change instanceof TargetRow row) {
        out.writeByte(1);
        ROW.write(row, out);
      } else if (change instanceof Generation complete) {
        out.writeByte(3);
        TABLE.write(complete.news.table(), out);
        out.writeLong(complete.news.generation());
        out.writeLong(complete.news.effectiveAt());
      } else if (change instanceof Correction correction) {
        out.writeByte(5);
        TARGET.write(correction.target, out);
        correction.write(out);
      } else {
        out.writeByte(4);
        TARGET.write(change.target(), out);
      }
    }

    @Override
    protected TruthChange read(DataInputView in) throws IOException {
      int tag = in.readByte();
      return switch (tag) {
        case 0 -> DELTA.read(in);
        case 1 -> ROW.read(in);
        case 3 ->
            new Generation(new GenerationComplete(TABLE.read(in), in.readLong(), in.readLong()));
        case 4 -> new Refresh(TARGET.read(in));
        case 5 -> Correction.read(TARGET.read(in), in);
        default -> throw new IOException("unknown tag " + tag + " of a change");
      };
    }
  }
}
