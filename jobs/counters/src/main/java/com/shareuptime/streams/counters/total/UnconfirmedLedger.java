package com.shareuptime.streams.counters.total;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Events and rows of one (target, kind, action) that still wait for each other, by second. A
 * positive amount is events without a row (unconfirmed), a negative one rows without an event
 * (credits). The two are interchangeable within a kind, so matching is by number, and each takes
 * the nearest in time within the grace: were the oldest taken, a phantom would hide behind live
 * traffic for ever.
 *
 * <p>Plain logic; holds no more seconds than three times the grace.
 */
final class UnconfirmedLedger {
  /** Told what is given up: so many of that second. */
  interface Settlement {
    void settled(long second, int amount);
  }

  private static final int EVENTS = 1;
  private static final int ROWS = -1;

  private long[] seconds = new long[2];
  private int[] amounts = new int[2];
  private int size;

  /** Events take the nearest credits; returns how many found one. */
  int takeCredits(long second, int events, long grace) {
    return take(second, events, grace, ROWS);
  }

  /** Rows take the nearest unconfirmed events; returns how many found one. */
  int takeUnconfirmed(long second, int rows, long grace) {
    return take(second, rows, grace, EVENTS);
  }

  /** Notes events that no row has confirmed yet. */
  void addUnconfirmed(long second, int events) {
    add(second, events);
  }

  /** Notes rows that no event has announced yet. */
  void addCredit(long second, int rows) {
    add(second, -rows);
  }

  /** How many events are unconfirmed. */
  int unconfirmed() {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.max(0, amounts[i]);
    }
    return sum;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The oldest second with unconfirmed events, {@link Long#MAX_VALUE} if there are none. */
  long oldestUnconfirmed() {
    return oldest(EVENTS);
  }

  /** The oldest second with credits, {@link Long#MAX_VALUE} if there are none. */
  long oldestCredit() {
    return oldest(ROWS);
  }

  private long oldest(int sign) {
    for (int i = 0; i < size; i++) {
      if (amounts[i] * sign > 0) {
        return seconds[i];
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * Gives up events from {@code phantomSecond} or before, and rows from {@code lostSecond} or
   * before, which is no later; each listener is told what it lost.
   */
  void settleUntil(long phantomSecond, Settlement phantoms, long lostSecond, Settlement lost) {
    boolean settled = false;
    for (int i = 0; i < size && seconds[i] <= phantomSecond; i++) {
      if (amounts[i] > 0) {
        phantoms.settled(seconds[i], amounts[i]);
      } else if (seconds[i] <= lostSecond) {
        lost.settled(seconds[i], -amounts[i]);
      } else {
        continue;
      }
      amounts[i] = 0;
      settled = true;
    }
    if (settled) {
      dropEmpty();
    }
  }

  private int take(long second, int wanted, long grace, int sign) {
    int left = wanted;
    int right = lowerBound(second);
    int leftward = right - 1;
    while (left > 0) {
      while (right < size && amounts[right] * sign <= 0) {
        right++;
      }
      while (leftward >= 0 && amounts[leftward] * sign <= 0) {
        leftward--;
      }
      long after = right < size ? seconds[right] - second : Long.MAX_VALUE;
      long before = leftward >= 0 ? second - seconds[leftward] : Long.MAX_VALUE;
      if (Math.min(after, before) > grace) {
        break;
      }
      int nearest = before <= after ? leftward : right;
      int taken = Math.min(left, amounts[nearest] * sign);
      amounts[nearest] -= taken * sign;
      left -= taken;
    }
    if (left < wanted) {
      dropEmpty();
    }
    return wanted - left;
  }

  private void add(long second, int amount) {
    int at = lowerBound(second);
    if (at == size || seconds[at] != second) {
      insert(at, second);
    }
    amounts[at] += amount;
    if (amounts[at] == 0) {
      dropEmpty();
    }
  }

  private void insert(int at, long second) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      amounts = Arrays.copyOf(amounts, size * 2);
    }
    System.arraycopy(seconds, at, seconds, at + 1, size - at);
    System.arraycopy(amounts, at, amounts, at + 1, size - at);
    seconds[at] = second;
    amounts[at] = 0;
    size++;
  }

  private void dropEmpty() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (amounts[i] != 0) {
        seconds[kept] = seconds[i];
        amounts[kept++] = amounts[i];
      }
    }
    size = kept;
  }

  private int lowerBound(long second) {
    int at = Arrays.binarySearch(seconds, 0, size, second);
    return at >= 0 ? at : -at - 1;
  }

  UnconfirmedLedger copy() {
    UnconfirmedLedger copy = new UnconfirmedLedger();
    copy.seconds = seconds.clone();
    copy.amounts = amounts.clone();
    copy.size = size;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    out.writeShort(size);
    for (int i = 0; i < size; i++) {
      out.writeLong(seconds[i]);
      out.writeInt(amounts[i]);
    }
  }

  static UnconfirmedLedger read(DataInputView in) throws IOException {
    UnconfirmedLedger ledger = new UnconfirmedLedger();
    int size = in.readUnsignedShort();
    ledger.seconds = new long[Math.max(2, size)];
    ledger.amounts = new int[Math.max(2, size)];
    ledger.size = size;
    for (int i = 0; i < size; i++) {
      ledger.seconds[i] = in.readLong();
      ledger.amounts[i] = in.readInt();
    }
    return ledger;
  }
}
