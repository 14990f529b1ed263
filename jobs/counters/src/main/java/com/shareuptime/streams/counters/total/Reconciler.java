package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.counters.CounterMode;
import com.shareuptime.streams.counters.total.CounterDrift.Reason;
import com.shareuptime.streams.counters.total.TargetTotals.Existence;

/**
 * The rules by which events and rows become one count. An event raises what is served at once, the
 * row that it announced takes its place; what does not meet within the grace is settled in favour
 * of the rows. So a count is as fresh as the events and as right as the table. Plain logic, all
 * times in seconds.
 */
final class Reconciler {
  /** Told of each settlement. */
  interface Settlements {
    void settled(CounterKind kind, boolean create, Reason reason, long second, int amount);
  }

  /** A hundred bundles of one target in one second still fit. */
  private static final int MOST_UNITS = 20_000_000;

  private final long grace;
  private final CounterMode mode;
  private final long creditsFrom;
  private final long eventsFrom;

  Reconciler(long grace, CounterMode mode) {
    this(grace, mode, Long.MIN_VALUE);
  }

  /**
   * @param withoutEventsUntil rows before this second may have been counted without leaving
   *     anything for their events: those that could be theirs are not taken
   */
  Reconciler(long grace, CounterMode mode, long withoutEventsUntil) {
    this.grace = grace;
    this.mode = mode;
    this.creditsFrom = withoutEventsUntil;
    this.eventsFrom =
        withoutEventsUntil == Long.MIN_VALUE ? Long.MIN_VALUE : withoutEventsUntil + grace;
  }

  /**
   * Applies events.
   *
   * @param passed rows before this second have come, as far as clocks agree: an event from before
   *     it has its row in the count, and may use up any credit, however far
   * @return how many changed nothing because they came later than the grace
   */
  int event(TargetTotals totals, CounterDelta delta, long passed) {
    KindTotals kind = totals.kind(delta.kind());
    if (!mode.usesRows()) {
      kind.addTruth(0, delta.create() ? delta.count() : -delta.count());
      return 0;
    }
    if (delta.second() < eventsFrom) {
      return 0;
    }
    UnconfirmedLedger ledger = kind.ledger(delta.create());
    boolean tooLate = delta.second() < earlier(passed, grace);
    boolean late = !tooLate && delta.second() < passed;
    int count = units(delta.count());
    int rest =
        count - ledger.takeCredits(delta.second(), count, late ? Long.MAX_VALUE : grace, passed);
    if (tooLate) {
      return rest;
    }
    if (rest > 0) {
      ledger.addUnconfirmed(delta.second(), rest);
    }
    return 0;
  }

  /**
   * Applies rows.
   *
   * @param passed as for events; rows older than it by twice the grace leave no credit, as no event
   *     that could use it still counts; nor do rows of the time before events were taken
   * @param complete rows of generations before this one are gone
   */
  void row(TargetTotals totals, CounterDelta delta, long passed, long complete) {
    if (delta.generation() < complete) {
      return;
    }
    KindTotals kind = totals.kind(delta.kind());
    long amount = delta.create() ? delta.count() : -delta.count();
    kind.addTruth(delta.generation(), amount);
    boolean carried = delta.carriedFrom() > 0;
    boolean dropped = carried && delta.carriedFrom() < complete; // so it comes anew
    if (carried && !dropped) {
      kind.addTruth(delta.carriedFrom(), -amount);
    }
    if (!(delta.announced() || dropped) || !mode.usesEvents()) {
      return;
    }
    UnconfirmedLedger ledger = kind.ledger(delta.create());
    int count = units(delta.count());
    int rest = count - ledger.takeUnconfirmed(delta.second(), count, grace, passed);
    long oldest = Math.max(earlier(passed, 2 * grace), creditsFrom);
    if (rest > 0 && delta.second() >= oldest) {
      ledger.addCredit(delta.second(), rest);
    }
  }

  /**
   * Gives up what can no longer meet: events once rows have passed them by the grace, and rows once
   * no event that could be theirs is still served, which takes the grace twice.
   *
   * @param now what the watermark says, seconds
   * @param passed as for events
   */
  void settle(TargetTotals totals, long now, long passed, Settlements out) {
    if (waitsUntil(totals) > now) {
      return;
    }
    long phantomSecond = now - grace - 1;
    long lostSecond = phantomSecond - grace;
    for (int i = 0; i < totals.size(); i++) {
      CounterKind kind = CounterKind.of(i);
      for (boolean create : new boolean[] {true, false}) {
        totals
            .kind(kind)
            .ledger(create)
            .settleUntil(
                phantomSecond,
                (at, amount) -> out.settled(kind, create, Reason.PHANTOM, at, amount),
                lostSecond,
                (at, amount) -> out.settled(kind, create, Reason.LOST, at, amount),
                Math.max(passed, phantomSecond + 1));
      }
    }
  }

  /**
   * Matches what a replay has left over, before readers see it.
   *
   * @param passed as for events, which have come as far as well
   */
  void balance(TargetTotals totals, long passed) {
    if (passed == Long.MIN_VALUE) {
      return;
    }
    for (int i = 0; i < totals.size(); i++) {
      KindTotals kind = totals.kind(CounterKind.of(i));
      kind.ledger(true).balance(passed);
      kind.ledger(false).balance(passed);
    }
  }

  /**
   * Forgets what only generations of {@code table} before {@code complete} knew; returns whether
   * the target's own row is among it.
   *
   * @param hasOwnRow whether the target's own row is in that table
   */
  boolean drop(
      TargetTotals totals, CdcTable table, boolean hasOwnRow, long complete, long nowMillis) {
    if (table.counter() != null) {
      totals.kind(table.counter()).dropBefore(complete);
    }
    return hasOwnRow && totals.dropRowBefore(complete, nowMillis);
  }

  /**
   * Whether the target has no counters to show: its row is gone, or it has none and had the grace
   * to get one.
   *
   * @param now what the watermark says, seconds
   */
  boolean isGone(TargetTotals totals, long now) {
    return switch (totals.existence()) {
      case EXISTS -> false;
      case GONE -> true;
      case UNKNOWN -> mode.usesRows() && now >= unknownUntil(totals);
    };
  }

  /** The second at which a target without a row is given up. */
  long unknownUntil(TargetTotals totals) {
    return totals.firstSecond() + 1 + grace;
  }

  /** The second at which the first of what waits is given up, {@link Long#MAX_VALUE} for never. */
  long waitsUntil(TargetTotals totals) {
    return Math.min(
        later(totals.oldestUnconfirmed(), 1 + grace), later(totals.oldestCredit(), 1 + 2 * grace));
  }

  /** What waits is counted in 32 bits; of more in one bundle the rest is not matched. */
  private static int units(long count) {
    return (int) Math.min(count, MOST_UNITS);
  }

  private static long earlier(long second, long by) {
    return second == Long.MIN_VALUE ? second : second - by;
  }

  private static long later(long second, long by) {
    return second == Long.MAX_VALUE ? second : second + by;
  }

  /** Whether a target in this state needs no state at all. */
  static boolean isForgettable(TargetTotals totals) {
    return totals.isEmpty()
        && totals.existence() != Existence.EXISTS
        && !totals.dirty
        && totals.held == null;
  }
}
