package com.shareuptime.streams.counters.total;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Events and rows of one (target, kind, action) that still wait for each other, by second. A
 * positive amount is events without a row (unconfirmed), a negative one rows without an event
 * (credits). The two are interchangeable within a kind, so matching is by number, and each takes
 * the nearest in time within the grace: were the oldest taken, a phantom would hide behind live
 * traffic for ever.
 *
 * <p>A row whose own event is lost or late may take the event of a later row, that row one later
 * still, and the gap travels with the newest rows. If the event comes after all, it is left over
 * where it belongs, though it has a row: so an event is given up only if more events than rows were
 * seen up to there, else it stands in for one that was borrowed.
 *
 * <p>Plain logic; holds no more seconds than three times the grace while both come, and as many as
 * the rows are away while they do not.
 */
final class UnconfirmedLedger {
  /** Told what is given up: so many of that second. */
  interface Settlement {
    void settled(long second, int amount);
  }

  private static final int EVENTS = 1;
  private static final int ROWS = -1;

  /** Seconds by which an event may run ahead of its row's time. */
  private static final int SLACK = 10;

  /** Seconds by which an event and its row usually differ at most. */
  private static final int ROUNDING = 2;

  private final BySecond waiting;
  private final Borrowed borrowed;

  UnconfirmedLedger() {
    this(new BySecond(), new Borrowed());
  }

  private UnconfirmedLedger(BySecond waiting, Borrowed borrowed) {
    this.waiting = waiting;
    this.borrowed = borrowed;
  }

  /**
   * Events take the nearest credits; returns how many found one.
   *
   * @param within seconds between the two at most
   * @param passed all rows before this second have come
   */
  int takeCredits(long second, int events, long within, long passed) {
    return take(second, events, within, within, ROWS, passed);
  }

  /**
   * Rows take the nearest unconfirmed events. Those whose own events were borrowed take older ones
   * that have not been given up yet: there such an event came late, and its row took another. A row
   * whose event is still to come must not, or that event would be left over. Returns how many found
   * one.
   */
  int takeUnconfirmed(long second, int rows, long grace, long passed) {
    int taken = take(second, rows, grace, grace, EVENTS, passed);
    int without = Math.min(rows - taken, borrowed.near(second, ROUNDING));
    if (without == 0) {
      return taken;
    }
    int older = take(second, without, Long.MAX_VALUE, 0, EVENTS, passed);
    borrowed.forget(older, second, ROUNDING);
    return taken + older;
  }

  /** Notes events that no row has confirmed yet. */
  void addUnconfirmed(long second, int events) {
    waiting.add(second, events);
  }

  /** Notes rows that no event has announced yet. */
  void addCredit(long second, int rows) {
    waiting.add(second, -rows);
  }

  /** How many events are unconfirmed. */
  int unconfirmed() {
    return unconfirmedBefore(Long.MAX_VALUE);
  }

  private int unconfirmedBefore(long second) {
    int sum = 0;
    for (int i = 0; i < waiting.size() && waiting.second(i) < second; i++) {
      sum += Math.max(0, waiting.amount(i));
    }
    return sum;
  }

  /** Whether nothing waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
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
    for (int i = 0; i < waiting.size(); i++) {
      if (waiting.amount(i) * sign > 0) {
        return waiting.second(i);
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * Gives up events from {@code phantomSecond} or before that stand in for no other, and rows from
   * {@code lostSecond} or before, which is no later; each listener is told what it lost.
   *
   * @param passed all rows before this second have come; after {@code phantomSecond}
   */
  void settleUntil(
      long phantomSecond, Settlement phantoms, long lostSecond, Settlement lost, long passed) {
    long cut = leastExcess(phantomSecond + 1, passed);
    int excess = excessBefore(cut);
    int standIns = 0;
    boolean settled = false;
    for (int i = 0; i < waiting.size() && waiting.second(i) <= phantomSecond; i++) {
      int amount = waiting.amount(i);
      if (amount > 0) {
        int surplus = Math.max(0, Math.min(amount, excess));
        excess -= surplus;
        standIns += amount - surplus;
        if (surplus > 0) {
          phantoms.settled(waiting.second(i), surplus);
        }
      } else if (waiting.second(i) <= lostSecond) {
        lost.settled(waiting.second(i), -amount);
      } else {
        continue;
      }
      waiting.change(i, -amount);
      settled = true;
    }
    if (settled) {
      waiting.dropEmpty();
    }
    if (standIns > 0) {
      borrowed.giveBack(standIns, cut, waiting::add);
    }
  }

  /**
   * Drops events and rows that wait for each other though all of both have come up to there: in a
   * replay partitions are read far apart, and the nearest may be taken by another. The row of a
   * newer event may still be to come, unless an older event has taken one of that time.
   */
  void balance(long passed) {
    long before = passed - ROUNDING;
    int rows = 0;
    for (int i = 0; i < waiting.size() && waiting.second(i) < before; i++) {
      rows += Math.max(0, -waiting.amount(i));
    }
    int dropped = 0;
    for (int i = 0; i < waiting.size() && dropped < rows; i++) {
      int events = Math.min(Math.max(0, waiting.amount(i)), rows - dropped);
      if (waiting.second(i) >= before) {
        events = borrowed.forgetLent(events, waiting.second(i), ROUNDING);
      }
      waiting.change(i, -events);
      dropped += events;
    }
    if (dropped == 0) {
      return;
    }
    for (int i = 0; dropped > 0; i++) {
      int without = Math.min(Math.max(0, -waiting.amount(i)), dropped);
      waiting.change(i, without);
      dropped -= without;
    }
    waiting.dropEmpty();
  }

  /**
   * Before which of the newest few seconds the events exceed the rows least: an event may bear a
   * second before its row's, and is no excess.
   */
  private long leastExcess(long from, long passed) {
    long best = passed;
    for (long cut = passed - 1; cut >= Math.max(from, passed - SLACK); cut--) {
      if (excessBefore(cut) < excessBefore(best)) {
        best = cut;
      }
    }
    return best;
  }

  private int excessBefore(long second) {
    return unconfirmedBefore(second) - borrowed.across(second);
  }

  private int take(long second, int wanted, long maxBefore, long maxAfter, int sign, long passed) {
    int left = wanted;
    int right = waiting.lowerBound(second);
    int leftward = right - 1;
    while (left > 0) {
      while (right < waiting.size() && waiting.amount(right) * sign <= 0) {
        right++;
      }
      while (leftward >= 0 && waiting.amount(leftward) * sign <= 0) {
        leftward--;
      }
      long after = right < waiting.size() ? waiting.second(right) - second : Long.MAX_VALUE;
      long before = leftward >= 0 ? second - waiting.second(leftward) : Long.MAX_VALUE;
      after = after > maxAfter ? Long.MAX_VALUE : after;
      before = before > maxBefore ? Long.MAX_VALUE : before;
      if (after == Long.MAX_VALUE && before == Long.MAX_VALUE) {
        break;
      }
      int nearest = before <= after ? leftward : right;
      int taken = Math.min(left, waiting.amount(nearest) * sign);
      waiting.change(nearest, -taken * sign);
      left -= taken;
      long row = sign == EVENTS ? second : waiting.second(nearest);
      long event = sign == EVENTS ? waiting.second(nearest) : second;
      long recent = passed == Long.MIN_VALUE ? passed : passed - SLACK;
      boolean lent = row - event >= ROUNDING;
      if (Math.max(row, event) >= recent && (event > row || lent)) {
        borrowed.add(row, event, taken, recent);
      }
    }
    if (left < wanted) {
      waiting.dropEmpty();
    }
    return wanted - left;
  }

  UnconfirmedLedger copy() {
    return new UnconfirmedLedger(waiting.copy(), borrowed.copy());
  }

  void write(DataOutputView out) throws IOException {
    waiting.write(out);
    borrowed.write(out);
  }

  /**
   * Reads what {@link #write} has written, in this build or an earlier one.
   *
   * @param layout of the state that holds it
   */
  static UnconfirmedLedger read(DataInputView in, int layout) throws IOException {
    if (layout >= TargetTotals.LAYOUT_OF_ANY_SIZE) {
      return new UnconfirmedLedger(BySecond.read(in), Borrowed.read(in));
    }
    return new UnconfirmedLedger(
        BySecond.readShort(in),
        layout >= TargetTotals.LAYOUT_OF_BORROWED ? Borrowed.readShort(in) : new Borrowed());
  }
}
