package com.shareuptime.streams.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/** A number for each counter of one target, by its kind; 0 if it is not told. Immutable. */
public final class Counts {
  public static final Counts ZERO = new Counts(new long[0]);

  /** Without zeros at the end, so that equal ones are the same. */
  private final long[] numbers;

  private Counts(long[] numbers) {
    this.numbers = numbers;
  }

  /** What tells the number of a counter. */
  public interface Number<X extends Exception> {
    long of(CountedView counter) throws X;
  }

  /** In the order of ordinals; those that are left out are 0. */
  public static Counts of(long... numbers) {
    int size = numbers.length;
    while (size > 0 && numbers[size - 1] == 0) {
      size--;
    }
    return size == 0 ? ZERO : new Counts(Arrays.copyOf(numbers, size));
  }

  /** Each of these as it is told. */
  public static <X extends Exception> Counts of(List<CountedView> counters, Number<X> number)
      throws X {
    long[] numbers = new long[CounterKind.MOST];
    for (CountedView counter : counters) {
      numbers[counter.kind().ordinal()] = number.of(counter);
    }
    return of(numbers);
  }

  public long of(CounterKind kind) {
    return at(kind.ordinal());
  }

  public long of(CountedView counter) {
    return at(counter.kind().ordinal());
  }

  private long at(int ordinal) {
    return ordinal < numbers.length ? numbers[ordinal] : 0;
  }

  /** All counters from this ordinal on are 0. */
  public int size() {
    return numbers.length;
  }

  /** So many more of one. */
  public Counts plus(CounterKind kind, long amount) {
    long[] sum = Arrays.copyOf(numbers, Math.max(numbers.length, kind.ordinal() + 1));
    sum[kind.ordinal()] += amount;
    return of(sum);
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  public boolean isNegative() {
    return Arrays.stream(numbers).anyMatch(number -> number < 0);
  }

  /** Whether none of them is smaller than the other's. */
  public boolean reaches(Counts floor) {
    return IntStream.range(0, Math.max(size(), floor.size())).allMatch(i -> at(i) >= floor.at(i));
  }

  /** Each of them no less than the least of these, and no more than the most. */
  public boolean liesWithin(Collection<Counts> states) {
    int size = Math.max(size(), states.stream().mapToInt(Counts::size).max().orElse(0));
    return IntStream.range(0, size)
        .allMatch(
            i ->
                states.stream().anyMatch(state -> state.at(i) <= at(i))
                    && states.stream().anyMatch(state -> state.at(i) >= at(i)));
  }

  /** {@code {"likes":5,"comments":2,"shares":0}}, as control messages have them. */
  public String json(List<CountedView> counters) {
    StringJoiner fields = new StringJoiner(",", "{", "}");
    for (CountedView counter : counters) {
      fields.add("\"" + counter.name() + "\":" + of(counter));
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

  /** {@code 5 likes, 2 comments, 0 shares}: of counters that not every product has, the numbers. */
  @Override
  public String toString() {
    StringJoiner words = new StringJoiner(", ");
    for (int i = 0; i < Math.max(CounterKind.FIXED, numbers.length); i++) {
      words.add(at(i) + " " + CounterKind.of(i));
    }
    return words.toString();
  }

  /** The same, all by their names. */
  public String text(List<CountedView> counters) {
    StringJoiner words = new StringJoiner(", ");
    counters.forEach(counter -> words.add(of(counter) + " " + counter.name()));
    return words.toString();
  }
}
