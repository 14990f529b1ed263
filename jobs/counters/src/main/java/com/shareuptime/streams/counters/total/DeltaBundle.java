package com.shareuptime.streams.counters.total;

import com.shareuptime.streams.contract.CounterKind;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.counters.CounterTarget;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Sums of deltas by all that tells them apart: an open-addressing table of primitives, so that a
 * delta that is bundled costs no object. A hundred thousand likes of one post in one second are one
 * entry.
 */
final class DeltaBundle {
  private static final int FREE = 0;

  private final int limit;
  private final int mask;
  private final long[] ids;
  private final long[] seconds;
  private final long[] generations;
  private final long[] carriedFrom;
  private final short[] bits;
  private final int[] counts;
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
    bits = new short[capacity];
    counts = new int[capacity];
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
    long id = delta.target().id().number();
    int at = slot(id, delta.second(), delta.generation(), delta.carriedFrom(), kind);
    if (ids[at] == FREE) {
      ids[at] = id;
      seconds[at] = delta.second();
      generations[at] = delta.generation();
      carriedFrom[at] = delta.carriedFrom();
      bits[at] = kind;
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
    size = 0;
  }

  private int slot(long id, long second, long generation, long from, short kind) {
    long hash = ((id * 31 + second) * 31 + from) * 31 + generation * 64 + kind;
    hash *= 0x9E3779B97F4A7C15L;
    int at = (int) (hash >>> 32) & mask;
    while (ids[at] != FREE
        && !(ids[at] == id
            && seconds[at] == second
            && bits[at] == kind
            && carriedFrom[at] == from
            && generations[at] == generation)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static short pack(CounterDelta delta) {
    return (short)
        (delta.kind().ordinal() << 4
            | (delta.late() ? 8 : 0)
            | delta.target().type().ordinal() << 2
            | (delta.create() ? 2 : 0)
            | (delta.announced() ? 1 : 0));
  }

  private CounterDelta unpack(int i) {
    return new CounterDelta(
        new CounterTarget(Target.Type.of(bits[i] >> 2 & 1), Id.of(ids[i])),
        CounterKind.of(bits[i] >> 4),
        (bits[i] & 2) != 0,
        seconds[i],
        generations[i],
        (bits[i] & 1) != 0,
        carriedFrom[i],
        (bits[i] & 8) != 0,
        counts[i]);
  }
}
