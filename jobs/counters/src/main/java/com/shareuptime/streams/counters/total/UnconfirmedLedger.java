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
 * <p>A row whose own event is lost or late may take the event of a later row, and that row one
 * later still. The ledger remembers how many events beyond the rows are taken that way: an event
 * that comes after its row stands in for one of them, instead of being counted beside them all and
 * taken back when it is given up.
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

  private final BySecond waiting;

  /** Events that met rows of earlier seconds, by the event's second. */
  private final BySecond ahead;

  /** The newest second of a row, kept as long as something is ahead of it. */
  private long newestRow = Long.MIN_VALUE;

  UnconfirmedLedger() {
    this(new BySecond(), new BySecond());
  }

  private UnconfirmedLedger(BySecond waiting, BySecond ahead) {
    this.waiting = waiting;
    this.ahead = ahead;
  }

  /**
   * Events take the nearest credits; returns how many found one.
   *
   * @param within seconds between the two at most
   */
  int takeCredits(long second, int events, long within) {
    return take(second, events, within, ROWS);
  }

  /** Rows take the nearest unconfirmed events; returns how many found one. */
  int takeUnconfirmed(long second, int rows, long grace) {
    newestRow = Math.max(newestRow, second);
    return take(second, rows, grace, EVENTS);
  }

  /** Notes events that no row has confirmed yet. */
  void addUnconfirmed(long second, int events) {
    waiting.add(second, events);
  }

  /** Notes rows that no event has announced yet. */
  void addCredit(long second, int rows) {
    filled(second, rows);
    waiting.add(second, -rows);
  }

  /**
   * Events that come after rows have taken later ones: gives back as many of those.
   *
   * @param passed all rows before this second have come
   * @return how many of {@code events} stand in for a later one
   */
  int standIn(long second, int events, long passed) {
    if (ahead.isEmpty() || second > newestRow) {
      return 0;
    }
    int left = events;
    int from = ahead.lowerBound(Math.max(passed, second + 1));
    for (int at = from; at < ahead.size() && left > 0; at++) {
      int back = Math.min(left, ahead.amount(at));
      ahead.change(at, -back);
      waiting.add(ahead.second(at), back);
      left -= back;
    }
    forgetAhead(passed);
    return events - left;
  }

  /** How many events are unconfirmed. */
  int unconfirmed() {
    int sum = 0;
    for (int i = 0; i < waiting.size(); i++) {
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
   * Gives up events from {@code phantomSecond} or before, and rows from {@code lostSecond} or
   * before, which is no later; each listener is told what it lost.
   */
  void settleUntil(long phantomSecond, Settlement phantoms, long lostSecond, Settlement lost) {
    boolean settled = false;
    for (int i = 0; i < waiting.size() && waiting.second(i) <= phantomSecond; i++) {
      int amount = waiting.amount(i);
      if (amount > 0) {
        phantoms.settled(waiting.second(i), amount);
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
  }

  private int take(long second, int wanted, long within, int sign) {
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
      long distance = Math.min(after, before);
      if (distance > within || distance == Long.MAX_VALUE) {
        break;
      }
      int nearest = before <= after ? leftward : right;
      int taken = Math.min(left, waiting.amount(nearest) * sign);
      waiting.change(nearest, -taken * sign);
      left -= taken;
      if (sign == EVENTS && distance > 0) {
        filled(second, taken);
      }
      if (distance > 0 && (sign == EVENTS) == (nearest == right)) {
        ahead.add(Math.max(second, waiting.second(nearest)), taken);
      }
    }
    if (left < wanted) {
      waiting.dropEmpty();
    }
    return wanted - left;
  }

  /** Rows whose own events were taken have found something else. */
  private void filled(long second, int rows) {
    int left = rows;
    for (int at = ahead.lowerBound(second + 1) - 1; at >= 0 && left > 0; at--) {
      int moved = Math.min(left, ahead.amount(at));
      ahead.change(at, -moved);
      left -= moved;
    }
    if (left < rows) {
      ahead.dropEmpty();
    }
  }

  private void forgetAhead(long passed) {
    for (int at = ahead.lowerBound(passed) - 1; at >= 0; at--) {
      ahead.change(at, -ahead.amount(at));
    }
    ahead.dropEmpty();
  }

  UnconfirmedLedger copy() {
    UnconfirmedLedger copy = new UnconfirmedLedger(waiting.copy(), ahead.copy());
    copy.newestRow = newestRow;
    return copy;
  }

  void write(DataOutputView out) throws IOException {
    waiting.write(out);
    ahead.write(out);
    if (!ahead.isEmpty()) {
      out.writeLong(newestRow);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param withAhead whether that layout had the events taken ahead
   */
  static UnconfirmedLedger read(DataInputView in, boolean withAhead) throws IOException {
    UnconfirmedLedger ledger =
        new UnconfirmedLedger(BySecond.read(in), withAhead ? BySecond.read(in) : new BySecond());
    if (!ledger.ahead.isEmpty()) {
      ledger.newestRow = in.readLong();
    }
    return ledger;
  }
}
