package com.shareuptime.streams.contract;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * A counter as arrays, state and messages between operators have it: a number that never changes.
 * What it is called and made of says its {@link CountedView}.
 *
 * @param ordinal from 0; the first three are the same everywhere, {@code migrate} gives out others
 */
public record CounterKind(int ordinal) implements Serializable {
  /** So many bits has the mask of those that a target has, in state. */
  public static final int MOST = 64;

  private static final CounterKind[] ALL =
      IntStream.range(0, MOST).mapToObj(CounterKind::new).toArray(CounterKind[]::new);

  public static final CounterKind LIKES = of(0);
  public static final CounterKind COMMENTS = of(1);
  public static final CounterKind SHARES = of(2);

  /** How many are the same everywhere. */
  public static final int FIXED = 3;

  public CounterKind {
    if (ordinal < 0 || ordinal >= MOST) {
      throw new IllegalArgumentException("counters have the numbers 0 to 63, not " + ordinal);
    }
  }

  /** The one with this ordinal. */
  public static CounterKind of(int ordinal) {
    return ALL[ordinal];
  }

  /** Whether it is one of those that every product has, if only with 0. */
  public boolean isFixed() {
    return ordinal < FIXED;
  }

  /** Of one of them in trending scores, where a like has 1. */
  public double weight() {
    return switch (ordinal) {
      case 1 -> 2;
      case 2 -> 3;
      default -> 1;
    };
  }

  @Override
  public int hashCode() {
    return ordinal;
  }

  @Override
  public String toString() {
    return switch (ordinal) {
      case 0 -> "likes";
      case 1 -> "comments";
      case 2 -> "shares";
      default -> "counter " + ordinal;
    };
  }
}
