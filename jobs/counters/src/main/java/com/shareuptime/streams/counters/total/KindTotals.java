package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.LongArrays;
import com.shareuptime.streams.serialization.PackedNumber;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One counter of one target: the truth by generation of rows, and what waits to be confirmed.
 * {@code served = truth + unconfirmed arrivals − unconfirmed departures}. Plain logic.
 */
final class KindTotals {
  private long[] generations = new long[0];
  private long[] truths = new long[0];
  private UnconfirmedLedger creates = new UnconfirmedLedger();
  private UnconfirmedLedger deletes = new UnconfirmedLedger();

  /** What readers are to see: a sum of amounts may be below 0. */
  long served(boolean mayBeNegative) {
    long sum = truth() + creates.unconfirmed() - deletes.unconfirmed();
    return mayBeNegative ? sum : Math.max(0, sum);
  }

  long truth() {
    long sum = 0;
    for (long truth : truths) {
      sum += truth;
    }
    return sum;
  }

  /**
   * Makes the truth such that this is served; returns by how much it was off. What is served
   * already stays: below 0 there may be departures whose rows will not come.
   *
   * @param generation whose rows are complete: a newer one brings a truth of its own
   */
  long correct(long generation, long served, boolean mayBeNegative) {
    if (served == served(mayBeNegative)) {
      return 0;
    }
    long amount = served - (truth() + creates.unconfirmed() - deletes.unconfirmed());
    if (amount != 0) {
      addTruth(generation, amount);
    }
    return amount;
  }

  /** The ledger of arrivals or of departures. */
  UnconfirmedLedger ledger(boolean create) {
    return create ? creates : deletes;
  }

  /** Adds to the truth of one generation. */
  void addTruth(long generation, long amount) {
    int at = Arrays.binarySearch(generations, generation);
    if (at < 0) {
      at = -at - 1;
      generations = LongArrays.inserted(generations, at, generation);
      truths = LongArrays.inserted(truths, at, 0);
    }
    truths[at] += amount;
    if (truths[at] == 0) {
      remove(at, at + 1);
    }
  }

  /** Forgets what only generations before {@code complete} knew. */
  void dropBefore(long complete) {
    int at = Arrays.binarySearch(generations, complete);
    remove(0, at >= 0 ? at : -at - 1);
  }

  /** Serves the truth alone. */
  void forgetEvents() {
    creates = new UnconfirmedLedger();
    deletes = new UnconfirmedLedger();
  }

  boolean isEmpty() {
    return generations.length == 0 && creates.isEmpty() && deletes.isEmpty();
  }

  private void remove(int from, int to) {
    if (from < to) {
      generations = without(generations, from, to);
      truths = without(truths, from, to);
    }
  }

  private static long[] without(long[] values, int from, int to) {
    long[] rest = new long[values.length - (to - from)];
    System.arraycopy(values, 0, rest, 0, from);
    System.arraycopy(values, to, rest, from, values.length - to);
    return rest;
  }

  KindTotals copy() {
    KindTotals copy = new KindTotals();
    copy.generations = generations.clone();
    copy.truths = truths.clone();
    copy.creates = creates.copy();
    copy.deletes = deletes.copy();
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    PackedNumber.write(generations.length, out);
    for (int i = 0; i < generations.length; i++) {
      PackedNumber.write(generations[i], out);
      PackedNumber.write(truths[i], out);
    }
    creates.write(out);
    deletes.write(out);
  }

  /**
   * Reads what {@link #write} has written, in this build or an earlier one.
   *
   * @param layout of the state that holds it
   */
  static KindTotals read(DataInputView in, int layout) throws IOException {
    boolean packed = layout >= TargetTotals.LAYOUT_OF_ANY_SIZE;
    KindTotals totals = new KindTotals();
    int count = packed ? (int) PackedNumber.read(in) : in.readUnsignedByte();
    totals.generations = new long[count];
    totals.truths = new long[count];
    for (int i = 0; i < count; i++) {
      totals.generations[i] = packed ? PackedNumber.read(in) : in.readLong();
      totals.truths[i] = packed ? PackedNumber.read(in) : in.readLong();
    }
    totals.creates = UnconfirmedLedger.read(in, layout);
    totals.deletes = UnconfirmedLedger.read(in, layout);
    return totals;
  }
}
