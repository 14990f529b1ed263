package com.shareuptime.streams.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Many ids in their order, packed: an object for each comes and goes with its use. A set is kept as
 * those that are {@link #sorted}. Immutable.
 */
public final class Ids implements Iterable<Id> {
  public static final Ids NONE = new Ids(new long[0]);

  private final long[] numbers;

  private Ids(long[] numbers) {
    this.numbers = numbers;
  }

  public static Ids of(Id... ids) {
    return of(List.of(ids));
  }

  public static Ids of(Collection<Id> ids) {
    return new Ids(ids.stream().mapToLong(Id::number).toArray());
  }

  /** Of numbers, which nobody changes afterwards. */
  public static Ids packed(long[] numbers) {
    return new Ids(numbers);
  }

  /** The numbers themselves, which nobody may change. */
  public long[] packed() {
    return numbers;
  }

  public int size() {
    return numbers.length;
  }

  public boolean isEmpty() {
    return numbers.length == 0;
  }

  public Id get(int at) {
    return Id.of(numbers[at]);
  }

  /** The first place of an id, −1 without it; takes a look at each. */
  public int indexOf(Id id) {
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == id.number()) {
        return i;
      }
    }
    return -1;
  }

  /** Those from one place to before another. */
  public Ids range(int from, int to) {
    return from == 0 && to == numbers.length
        ? this
        : new Ids(Arrays.copyOfRange(numbers, from, to));
  }

  /** These with one more at that place. */
  public Ids inserted(int at, Id id) {
    return new Ids(LongArrays.inserted(numbers, at, id.number()));
  }

  /** These without the one at that place. */
  public Ids removed(int at) {
    return new Ids(LongArrays.removed(numbers, at));
  }

  /** The same in their order, each once. */
  public Ids sorted() {
    return new Ids(LongStream.of(numbers).sorted().distinct().toArray());
  }

  /** Of sorted ones: these with an id, or these themselves if it is among them. */
  public Ids with(Id id) {
    return same(LongArrays.with(numbers, id.number()));
  }

  /** Of sorted ones: these without an id, or these themselves if it is not among them. */
  public Ids without(Id id) {
    return same(LongArrays.without(numbers, id.number()));
  }

  private Ids same(long[] changed) {
    return changed == numbers ? this : new Ids(changed);
  }

  public Stream<Id> stream() {
    return LongStream.of(numbers).mapToObj(Id::of);
  }

  @Override
  public Iterator<Id> iterator() {
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < numbers.length;
      }

      @Override
      public Id next() {
        if (at == numbers.length) {
          throw new NoSuchElementException();
        }
        return Id.of(numbers[at++]);
      }
    };
  }

  /** The type of the column, for {@code createArrayOf}. */
  public String sqlType() {
    return "bigint";
  }

  /** The elements of an array in SQL, for {@code createArrayOf}. */
  public Object[] sql() {
    return LongStream.of(numbers).boxed().toArray(Long[]::new); // the driver sends these as binary
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ids that && Arrays.equals(that.numbers, numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }

  @Override
  public String toString() {
    return Arrays.toString(numbers);
  }

  /** Gathers ids, without an object for each. */
  public static final class Builder {
    private long[] numbers = new long[16];
    private int size;

    public Builder add(Id id) {
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
      numbers[size++] = id.number();
      return this;
    }

    public Builder addAll(Ids ids) {
      int wanted = size + ids.size();
      if (wanted > numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(wanted, size * 2));
      }
      System.arraycopy(ids.numbers, 0, numbers, size, ids.size());
      size = wanted;
      return this;
    }

    public int size() {
      return size;
    }

    public Ids build() {
      return new Ids(Arrays.copyOf(numbers, size));
    }

    public void clear() {
      size = 0;
    }
  }
}
