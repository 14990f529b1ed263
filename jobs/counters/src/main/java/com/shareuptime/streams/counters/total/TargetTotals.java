package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.CountedView;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.total.TruthChange.Correction;
import com.shareuptime.streams.serialization.PackedNumber;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import com.shareuptime.streams.version.WriteVersion;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that is known of one target: its counters, whether its own row is there, and what is still to
 * be done for it. Mutable, as Flink state that is read, changed and put back; plain logic.
 */
final class TargetTotals {
  /** What is known of the target's own row. */
  enum Existence {
    /** No row seen yet: an event may run ahead of it by the grace. */
    UNKNOWN,
    EXISTS,
    GONE;

    private static final Existence[] ALL = values();
  }

  /** Flink's type of this state. */
  static final TypeInformation<TargetTotals> TYPE =
      ValueType.of(TargetTotals.class, new Serializer());

  /** The first layout that keeps which rows took events of later seconds. */
  static final int LAYOUT_OF_BORROWED = 2;

  /** The first layout in which what waits may be of any size; before, 16 bits counted it. */
  static final int LAYOUT_OF_ANY_SIZE = 4;

  /** The first layout that has as many counters as there are; before, three. */
  private static final int LAYOUT_OF_ANY_COUNTER = 5;

  /** No timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  private KindTotals[] kinds = new KindTotals[CounterKind.FIXED];
  private Existence existence = Existence.UNKNOWN;
  private RowVersion rowVersion = new RowVersion(0, 0);
  private long goneSince;

  /** The second of the first thing heard of the target. */
  private final long firstSecond;

  /** Of the last write, 0 if there was none; the later writes of its run follow each change. */
  long version;

  /** Whether it was last written as gone. */
  boolean writtenGone;

  /** Whether the target waits to be written once the gate lets it. */
  boolean dirty;

  /** What is to be judged before the next write; null if nothing is. */
  Correction held;

  /** The earliest timer that is set, {@link #NO_TIMER} if none is. */
  long timer = NO_TIMER;

  TargetTotals(long firstSecond) {
    this.firstSecond = firstSecond;
  }

  /** The run that has written the target last, 0 if none has. */
  long writtenBy() {
    return WriteVersion.run(version);
  }

  /** The counter of a kind, made when it is first asked for. */
  KindTotals kind(CounterKind kind) {
    int at = kind.ordinal();
    if (at >= kinds.length) {
      kinds = Arrays.copyOf(kinds, at + 1);
    }
    if (kinds[at] == null) {
      kinds[at] = new KindTotals();
    }
    return kinds[at];
  }

  /** Nothing is counted of kinds from this ordinal on. */
  int size() {
    return kinds.length;
  }

  /** What readers are to see of a counter, 0 if nothing was ever counted. */
  long served(CountedView counter) {
    return served(counter.kind(), counter.hasAmount());
  }

  /** The same of one without amounts. */
  long served(CounterKind kind) {
    return served(kind, false);
  }

  private long served(CounterKind kind, boolean mayBeNegative) {
    KindTotals totals = kind.ordinal() < kinds.length ? kinds[kind.ordinal()] : null;
    return totals == null ? 0 : totals.served(mayBeNegative);
  }

  /** Takes a change of the target's own row; an older one than the one known has no effect. */
  void row(RowVersion version, boolean exists, long now) {
    if (existence == Existence.UNKNOWN || version.compareTo(rowVersion) >= 0) {
      rowVersion = version;
      setExists(exists, now);
    }
  }

  /**
   * A target whose row only generations before {@code complete} knew is gone; returns whether it is
   * one.
   */
  boolean dropRowBefore(long complete, long now) {
    boolean dropped = existence == Existence.EXISTS && rowVersion.generation() < complete;
    if (dropped) {
      setExists(false, now);
    }
    return dropped;
  }

  /** The tables are proven to have no row, whatever was heard of it: a later row brings it back. */
  void gone(long now) {
    setExists(false, now);
  }

  private void setExists(boolean exists, long now) {
    if (!exists && existence != Existence.GONE) {
      goneSince = now;
    }
    existence = exists ? Existence.EXISTS : Existence.GONE;
  }

  /** When the row went, epoch milliseconds. */
  long goneSince() {
    return goneSince;
  }

  Existence existence() {
    return existence;
  }

  long firstSecond() {
    return firstSecond;
  }

  /** The oldest second with unconfirmed events, {@link Long#MAX_VALUE} if there are none. */
  long oldestUnconfirmed() {
    return oldest(UnconfirmedLedger::oldestUnconfirmed);
  }

  /** The oldest second with rows that no event has announced, likewise. */
  long oldestCredit() {
    return oldest(UnconfirmedLedger::oldestCredit);
  }

  private long oldest(ToLongFunction<UnconfirmedLedger> of) {
    long oldest = Long.MAX_VALUE;
    for (KindTotals totals : kinds) {
      if (totals != null) {
        oldest = Math.min(oldest, of.applyAsLong(totals.ledger(true)));
        oldest = Math.min(oldest, of.applyAsLong(totals.ledger(false)));
      }
    }
    return oldest;
  }

  /** Only rows count from now on: nothing waits for them, nor they for anything. */
  void forgetEvents() {
    for (KindTotals totals : kinds) {
      if (totals != null) {
        totals.forgetEvents();
      }
    }
  }

  /** Whether nothing is counted and nothing waits. */
  boolean isEmpty() {
    for (KindTotals totals : kinds) {
      if (totals != null && !totals.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Layout in state: a version byte first. */
  public static final class Serializer extends ValueSerializer<TargetTotals> {
    private static final int LAYOUT_OF_WHOLE_VERSION = 3;
    private static final int LAYOUT = LAYOUT_OF_ANY_COUNTER;
    private static final int HELD = 1 << 4;
    private static final CounterTarget.Serializer TARGET = new CounterTarget.Serializer();

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public TargetTotals copy(TargetTotals from) {
      TargetTotals copy = new TargetTotals(from.firstSecond);
      copy.kinds = new KindTotals[from.kinds.length];
      for (int i = 0; i < from.kinds.length; i++) {
        copy.kinds[i] = from.kinds[i] == null ? null : from.kinds[i].copy();
      }
      copy.existence = from.existence;
      copy.rowVersion = from.rowVersion;
      copy.goneSince = from.goneSince;
      copy.version = from.version;
      copy.writtenGone = from.writtenGone;
      copy.dirty = from.dirty;
      copy.held = from.held;
      copy.timer = from.timer;
      return copy;
    }

    @Override
    protected void write(TargetTotals totals, DataOutputView out) throws IOException {
      out.writeByte(LAYOUT);
      out.writeByte(
          (totals.held != null ? HELD : 0)
              | totals.existence.ordinal() << 2
              | (totals.writtenGone ? 2 : 0)
              | (totals.dirty ? 1 : 0));
      totals.rowVersion.write(out);
      out.writeLong(totals.goneSince);
      out.writeLong(totals.firstSecond);
      out.writeLong(totals.version);
      out.writeLong(totals.timer);
      long present = 0;
      for (int i = 0; i < totals.kinds.length; i++) {
        if (totals.kinds[i] != null && !totals.kinds[i].isEmpty()) {
          present |= 1L << i;
        }
      }
      PackedNumber.write(present, out);
      for (int i = 0; i < totals.kinds.length; i++) {
        if ((present & 1L << i) != 0) {
          totals.kinds[i].write(out);
        }
      }
      if (totals.held != null) {
        TARGET.write(totals.held.target(), out);
        totals.held.write(out);
      }
    }

    @Override
    protected TargetTotals read(DataInputView in) throws IOException {
      int layout = readLayout(in, LAYOUT);
      int bits = in.readByte();
      RowVersion rowVersion = RowVersion.read(in);
      long goneSince = in.readLong();
      TargetTotals totals = new TargetTotals(in.readLong());
      totals.goneSince = goneSince;
      totals.existence = Existence.ALL[bits >> 2 & 3];
      totals.writtenGone = (bits & 2) != 0;
      totals.dirty = (bits & 1) != 0;
      totals.rowVersion = rowVersion;
      totals.version =
          layout >= LAYOUT_OF_WHOLE_VERSION
              ? in.readLong()
              : (long) in.readInt() << WriteVersion.SEQ_BITS;
      totals.timer = in.readLong();
      boolean anyCounter = layout >= LAYOUT_OF_ANY_COUNTER;
      long present = anyCounter ? PackedNumber.read(in) : in.readByte();
      totals.kinds =
          new KindTotals
              [Math.max(CounterKind.FIXED, Long.SIZE - Long.numberOfLeadingZeros(present))];
      for (int i = 0; i < totals.kinds.length; i++) {
        if ((present & 1L << i) != 0) {
          totals.kinds[i] = KindTotals.read(in, layout);
        }
      }
      if ((bits & HELD) != 0) {
        totals.held = Correction.read(TARGET.read(in), in, anyCounter);
      }
      return totals;
    }
  }
}
