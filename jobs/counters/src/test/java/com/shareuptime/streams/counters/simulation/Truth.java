package com.shareuptime.streams.counters.simulation;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import com.shareuptime.streams.counters.SimulatedCounters;
import com.shareuptime.streams.simulation.SimulatedDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the tables say of each target, now and at every moment before, and what events may add to
 * that or take from it for a while.
 */
final class Truth {
  private record Change(long lsn, int amount) {}

  /**
   * An event: a stray one has no row that answers to it, or not in time.
   *
   * @param at when it was appended
   * @param until when it is settled by then, if events tell the time as rows do
   * @param heldUntil when it is settled although events have told no time for long
   */
  private record Event(long at, long until, boolean create, boolean stray, long heldUntil) {
    Event(long at, boolean create, boolean stray) {
      this(at, at + SETTLED_AFTER, create, stray, 0);
    }

    Event until(long later) {
      return new Event(at, Math.max(until, later), create, stray, 0);
    }

    Event asStray(boolean isOne) {
      return new Event(at, until, create, stray || isOne, heldUntil);
    }

    Event heldUntil(long time) {
      return new Event(at, until, create, stray, time);
    }
  }

  private record Existence(long lsn, boolean exists) {}

  /** A counter, or rather its history. */
  private static final class Counter {
    final List<Change> changes = new ArrayList<>();
    long now;

    final List<Event> events = new ArrayList<>();
  }

  private static final class Target {
    final Counter[] counters = new Counter[CounterKind.FIXED];
    final List<Existence> existence = new ArrayList<>();

    Target() {
      for (int i = 0; i < counters.length; i++) {
        counters[i] = new Counter();
      }
    }

    boolean exists() {
      return !existence.isEmpty() && existence.get(existence.size() - 1).exists;
    }
  }

  /** What no row answers to is given up after the grace, and what used its place after another. */
  private static final long SETTLED_AFTER = 2 * SimulatedCounters.GRACE.toMillis() + 2_000;

  private final SimulatedDatabase database;
  private final Map<CounterTarget, Target> targets = new LinkedHashMap<>();

  Truth(SimulatedDatabase database) {
    this.database = database;
  }

  Set<CounterTarget> targets() {
    return targets.keySet();
  }

  long timeOf(long position) {
    return database.timeOf(position);
  }

  long now() {
    return database.lsn();
  }

  private Target target(CounterTarget target) {
    return targets.computeIfAbsent(target, any -> new Target());
  }

  private Counter counter(CounterTarget target, CounterKind kind) {
    return target(target).counters[kind.ordinal()];
  }

  /** A row of the last commit came (1) or went (-1). */
  void change(CounterTarget target, CounterKind kind, int amount) {
    Counter counter = counter(target, kind);
    counter.changes.add(new Change(database.lsn(), amount));
    counter.now += amount;
  }

  /** The target's own row came or went. */
  void exists(CounterTarget target, boolean exists) {
    target(target).existence.add(new Existence(database.lsn(), exists));
  }

  /**
   * An event tells of a change. What is unsettled may take the place of what comes meanwhile, which
   * is then unsettled itself.
   *
   * @param settledAt up to when what is unsettled has been settled
   * @param stray whether no row answers to it, or not in time: then it may be seen until it is
   *     settled
   */
  void event(
      CounterTarget target,
      CounterKind kind,
      boolean create,
      long appendedAt,
      boolean stray,
      long settledAt) {
    Counter counter = counter(target, kind);
    // rows that come later than the grace may be matched with each other's events for a while
    boolean behind = settledAt < appendedAt - SimulatedCounters.GRACE.toMillis();
    counter.events.replaceAll(
        before ->
            before.until < settledAt
                ? before
                : before.until(appendedAt + SETTLED_AFTER).asStray(behind));
    counter.events.add(new Event(appendedAt, create, stray || behind));
  }

  /**
   * An event comes, after a silence perhaps, in which rows alone told the time: until it is read,
   * what is not settled yet waits for it.
   */
  void eventComes(long appendedAt, long settledAt) {
    for (Target target : targets.values()) {
      for (Counter counter : target.counters) {
        counter.events.replaceAll(
            event ->
                event.until < settledAt
                    ? event
                    : event.heldUntil(appendedAt + SimulatedCounters.PATIENCE.toMillis()));
      }
    }
  }

  /**
   * Makes strays of all events that may be unsettled: a snapshot tells of rows, and not of what
   * came and went before it.
   */
  void loseRowsOfEvents() {
    for (Target target : targets.values()) {
      for (Counter counter : target.counters) {
        counter.events.replaceAll(event -> event.asStray(true).heldUntil(0));
      }
    }
  }

  /**
   * Makes strays of the events before {@code before} of one counter: of its rows some are not there
   * any more. It need be seen only after a restart from before those were read.
   */
  void loseRows(CounterTarget target, CounterKind kind, long before) {
    counter(target, kind).events.replaceAll(event -> event.asStray(event.at < before));
  }

  /**
   * A restart: a stray that was unsettled when its checkpoint was made is so again, until it is
   * settled anew.
   *
   * @param settledAt up to when all was settled then
   */
  void unsettle(long settledAt, long now) {
    for (Target target : targets.values()) {
      for (Counter counter : target.counters) {
        counter.events.replaceAll(
            event -> event.until < settledAt ? event : event.until(now + SETTLED_AFTER));
      }
    }
  }

  /** From now on nobody need know that what is gone has ever been there. */
  void forgetGone() {
    for (Target target : targets.values()) {
      if (!target.exists()) {
        target.existence.clear();
      }
    }
  }

  boolean exists(CounterTarget target) {
    return target(target).exists();
  }

  long count(CounterTarget target, CounterKind kind) {
    return counter(target, kind).now;
  }

  /** Whether the row was gone at some moment since, which a reader may still see. */
  boolean mayBeGone(CounterTarget target, long since) {
    return mayBe(target, since, false);
  }

  /** Likewise whether it was there. Before its row, events may tell of it. */
  boolean mayExist(CounterTarget target, long since) {
    return mayBe(target, since, true) || target(target).existence.isEmpty();
  }

  private boolean mayBe(CounterTarget target, long since, boolean wanted) {
    boolean known = false;
    boolean at = false;
    for (Existence one : target(target).existence) {
      if (one.lsn <= since) {
        at = one.exists;
        known = true;
      } else if (one.exists == wanted) {
        return true;
      }
    }
    return known ? at == wanted : !wanted;
  }

  private static long strays(Counter counter, boolean create, long settled) {
    return counter.events.stream()
        .filter(
            event ->
                event.stray
                    && event.create == create
                    && Math.max(event.until, event.heldUntil) >= settled)
        .count();
  }

  /**
   * The lowest count that may be shown when all up to {@code since} must be in it, and all up to
   * the time {@code settled} is settled.
   */
  long fewest(CounterTarget target, CounterKind kind, long since, long settled) {
    Counter counter = counter(target, kind);
    long count = counter.now;
    long fewest = -strays(counter, false, settled);
    for (int i = counter.changes.size() - 1; i >= 0; i--) {
      Change change = counter.changes.get(i);
      if (change.lsn <= since) {
        break;
      }
      count -= change.amount;
      fewest += Math.min(0, change.amount);
    }
    return Math.max(0, count + fewest);
  }

  /** The highest likewise. */
  long most(CounterTarget target, CounterKind kind, long since, long settled) {
    Counter counter = counter(target, kind);
    long count = counter.now;
    long most = strays(counter, true, settled);
    for (int i = counter.changes.size() - 1; i >= 0; i--) {
      Change change = counter.changes.get(i);
      if (change.lsn <= since) {
        break;
      }
      count -= change.amount;
      most += Math.max(0, change.amount);
    }
    return count + most;
  }
}
