package com.shareuptime.streams.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.StringJoiner;

/** A number for each counter of one target, in the order of {@link CounterKind#ALL}. Immutable. */
public final class Counts {
  public static final Counts ZERO = new Counts(new long[CounterKind.COUNT]);

  private final long[] numbers;

  private Counts(long[] numbers) {
    this.numbers = numbers;
  }

  /** What tells the number of a counter. */
  public interface Number<X extends Exception> {
    long of(CounterKind kind) throws X;
  }

  /** In the order of the list; those that are left out are 0. */
  public static Counts of(long... numbers) {
    if (numbers.length > CounterKind.COUNT) {
      throw new IllegalArgumentException(
          "%d counters, of which this build knows %d: start the build that wrote them, or a newer one"
              .formatted(numbers.length, CounterKind.COUNT));
    }
    return new Counts(Arrays.copyOf(numbers, CounterKind.COUNT));
  }

  /** Each as it is told. */
  public static <X extends Exception> Counts of(Number<X> number) throws X {
    long[] numbers = new long[CounterKind.COUNT];
    for (CounterKind kind : CounterKind.ALL) {
      numbers[kind.ordinal()] = number.of(kind);
    }
    return new Counts(numbers);
  }

  public long of(CounterKind kind) {
    return numbers[kind.ordinal()];
  }

  /** So many more of one. */
  public Counts plus(CounterKind kind, long amount) {
    long[] sum = numbers.clone();
    sum[kind.ordinal()] += amount;
    return new Counts(sum);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  public boolean isNegative() {
    return Arrays.stream(numbers).anyMatch(number -> number < 0);
  }

  /** Whether none of them is smaller than the other's. */
  public boolean reaches(Counts floor) {
    return CounterKind.ALL.stream().allMatch(kind -> of(kind) >= floor.of(kind));
  }

  /** Each of them no less than the least of these, and no more than the most. */
  public boolean liesWithin(Collection<Counts> states) {
    return CounterKind.ALL.stream()
        .allMatch(
            kind ->
                states.stream().anyMatch(state -> state.of(kind) <= of(kind))
                    && states.stream().anyMatch(state -> state.of(kind) >= of(kind)));
  }

  /** {@code {"likes":5,"comments":2,"shares":0}}, as control messages have them. */
  public String json() {
    StringJoiner fields = new StringJoiner(",", "{", "}");
    for (CounterKind kind : CounterKind.ALL) {
      fields.add("\"" + kind.text() + "\":" + of(kind));
    }
    return fields.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts that && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    StringJoiner words = new StringJoiner(", ");
    for (CounterKind kind : CounterKind.ALL) {
      words.add(of(kind) + " " + kind.text());
    }
    return words.toString();
  }
}
