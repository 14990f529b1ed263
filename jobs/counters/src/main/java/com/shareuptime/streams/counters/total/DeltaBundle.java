package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Sums of deltas by all that tells them apart: an open-addressing table of primitives, so that a
 * delta that is bundled costs no object. A hundred thousand likes of one post in one second are one
 * entry. Ids that are no numbers stand beside the table, and in it by their bits.
 */
final class DeltaBundle {
  private static final int FREE = 0;

  private final int limit;
  private final int mask;
  private final long[] ids;
  private final long[] seconds;
  private final long[] generations;
  private final long[] carriedFrom;
  private final short[] kinds;
  private final Target.Type[] types;
  private final long[] counts;

  /** Null where the id is a number, or as a whole until one comes that is none. */
  private Id[] others;

  private int size;

  /**
   * @param limit how many entries it holds at the most
   */
  DeltaBundle(int limit) {
    this.limit = limit;
    int capacity = Integer.highestOneBit(Math.max(limit, 8) * 2 - 1) * 2;
    mask = capacity - 1;
    ids = new long[capacity];
    seconds = new long[capacity];
    generations = new long[capacity];
    carriedFrom = new long[capacity];
    kinds = new short[capacity];
    types = new Target.Type[capacity];
    counts = new long[capacity];
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size >= limit;
  }

  /** Adds a delta; the bundle must not be full. */
  void add(CounterDelta delta) {
    short kind = pack(delta);
    Id id = delta.target().id();
    Id other = id.isNumber() ? null : id;
    long bits = other == null ? id.number() : notFree(id.bits());
    if (other != null && others == null) {
      others = new Id[ids.length];
    }
    int at =
        slot(
            bits,
            other,
            delta.target().type(),
            delta.second(),
            delta.generation(),
            delta.carriedFrom(),
            kind);
    if (ids[at] == FREE) {
      ids[at] = bits;
      if (others != null) {
        others[at] = other;
      }
      types[at] = delta.target().type();
      seconds[at] = delta.second();
      generations[at] = delta.generation();
      carriedFrom[at] = delta.carriedFrom();
      kinds[at] = kind;
      size++;
    }
    counts[at] += delta.count();
  }

  /** Hands out every entry, in no order, and is empty then. */
  void drain(Consumer<CounterDelta> out) {
    for (int i = 0; size > 0 && i < ids.length; i++) {
      if (ids[i] != FREE) {
        out.accept(unpack(i));
      }
    }
    Arrays.fill(ids, FREE);
    Arrays.fill(counts, 0);
    if (others != null) {
      Arrays.fill(others, null);
    }
    size = 0;
  }

  private static long notFree(long bits) {
    return bits == FREE ? 1 : bits;
  }

  private int slot(
      long id, Id other, Target.Type type, long second, long generation, long from, short kind) {
    long hash = ((id * 31 + second) * 31 + from) * 31 + generation * 64 + kind + type.hashCode();
    hash *= 0x9E3779B97F4A7C15L;
    int at = (int) (hash >>> 32) & mask;
    while (ids[at] != FREE
        && !(ids[at] == id
            && seconds[at] == second
            && kinds[at] == kind
            && types[at].equals(type)
            && carriedFrom[at] == from
            && generations[at] == generation
            && (others == null || Objects.equals(others[at], other)))) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static short pack(CounterDelta delta) {
    return (short)
        (delta.kind().ordinal() << 3
            | (delta.late() ? 4 : 0)
            | (delta.create() ? 2 : 0)
            | (delta.announced() ? 1 : 0));
  }

  private CounterDelta unpack(int i) {
    Id id = others == null || others[i] == null ? Id.of(ids[i]) : others[i];
    return new CounterDelta(
        new CounterTarget(types[i], id),
        CounterKind.of(kinds[i] >> 3),
        (kinds[i] & 2) != 0,
        seconds[i],
        generations[i],
        (kinds[i] & 1) != 0,
        carriedFrom[i],
        (kinds[i] & 4) != 0,
        counts[i]);
  }
}
