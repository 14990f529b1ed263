package com.shareuptime.streams.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many ids in their order. Numbers are packed: an object for each comes and goes with its use. A
 * set is kept as those that are {@link #sorted}. Immutable.
 */
public final class Ids implements Iterable<Id> {
  public static final Ids NONE = new Ids(new long[0], null);

  /** Numbers alone, or null. */
  private final long[] numbers;

  /** Where not all are numbers; else null. */
  private final Id[] any;

  private Ids(long[] numbers, Id[] any) {
    this.numbers = numbers;
    this.any = any;
  }

  public static Ids of(Id... ids) {
    return of(List.of(ids));
  }

  public static Ids of(Collection<Id> ids) {
    Builder builder = new Builder();
    ids.forEach(builder::add);
    return builder.build();
  }

  /** Of numbers, which nobody changes afterwards. */
  public static Ids packed(long[] numbers) {
    return new Ids(numbers, null);
  }

  /** Whether all are numbers, so that {@link #packed()} has them. */
  public boolean isPacked() {
    return any == null;
  }

  /**
   * The numbers themselves, which nobody may change.
   *
   * @throws UnsupportedOperationException if not all are numbers
   */
  public long[] packed() {
    if (any != null) {
      throw new UnsupportedOperationException("not all ids are numbers");
    }
    return numbers;
  }

  public int size() {
    return any == null ? numbers.length : any.length;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  public Id get(int at) {
    return any == null ? Id.of(numbers[at]) : any[at];
  }

  /** The first place of an id, −1 without it; takes a look at each. */
  public int indexOf(Id id) {
    if (any == null) {
      if (!id.isNumber()) {
        return -1;
      }
      long number = id.number();
      for (int i = 0; i < numbers.length; i++) {
        if (numbers[i] == number) {
          return i;
        }
      }
      return -1;
    }
    for (int i = 0; i < any.length; i++) {
      if (any[i].equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Those from one place to before another. */
  public Ids range(int from, int to) {
    if (from == 0 && to == size()) {
      return this;
    }
    return any == null
        ? new Ids(Arrays.copyOfRange(numbers, from, to), null)
        : new Ids(null, Arrays.copyOfRange(any, from, to));
  }

  /** These with one more at that place. */
  public Ids inserted(int at, Id id) {
    if (any == null && id.isNumber()) {
      return new Ids(LongArrays.inserted(numbers, at, id.number()), null);
    }
    Id[] before = unpacked();
    Id[] more = new Id[before.length + 1];
    System.arraycopy(before, 0, more, 0, at);
    more[at] = id;
    System.arraycopy(before, at, more, at + 1, before.length - at);
    return new Ids(null, more);
  }

  /** These without the one at that place. */
  public Ids removed(int at) {
    if (any == null) {
      return new Ids(LongArrays.removed(numbers, at), null);
    }
    Id[] fewer = new Id[any.length - 1];
    System.arraycopy(any, 0, fewer, 0, at);
    System.arraycopy(any, at + 1, fewer, at, fewer.length - at);
    return fewer.length == 0 ? NONE : new Ids(null, fewer);
  }

  /** The same in their order, each once. */
  public Ids sorted() {
    return any == null
        ? new Ids(Arrays.stream(numbers).sorted().distinct().toArray(), null)
        : new Ids(null, Arrays.stream(any).sorted().distinct().toArray(Id[]::new));
  }

  /** Of sorted ones: these with an id, or these themselves if it is among them. */
  public Ids with(Id id) {
    int found = search(id);
    return found >= 0 ? this : inserted(-found - 1, id);
  }

  /** Of sorted ones: these without an id, or these themselves if it is not among them. */
  public Ids without(Id id) {
    int found = search(id);
    return found < 0 ? this : removed(found);
  }

  /** Of sorted ones: the place of the first above an id, which need not be among them. */
  public int after(Id id) {
    int found = search(id);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** As {@link Arrays#binarySearch}. */
  private int search(Id id) {
    if (any != null) {
      return Arrays.binarySearch(any, id);
    }
    if (id.isNumber()) {
      return Arrays.binarySearch(numbers, id.number());
    }
    boolean above = numbers.length == 0 || id.compareTo(get(numbers.length - 1)) > 0;
    return above ? -numbers.length - 1 : -1;
  }

  public Stream<Id> stream() {
    return any == null ? Arrays.stream(numbers).mapToObj(Id::of) : Arrays.stream(any);
  }

  @Override
  public Iterator<Id> iterator() {
    return new Iterator<>() {
      private int at;

      @Override
      public boolean hasNext() {
        return at < size();
      }

      @Override
      public Id next() {
        if (at == size()) {
          throw new NoSuchElementException();
        }
        return get(at++);
      }
    };
  }

  private Id[] unpacked() {
    return any == null ? stream().toArray(Id[]::new) : any;
  }

  /** The type of the column, for {@code createArrayOf}; of numbers. */
  public String sqlType() {
    return IdKind.NUMBER.sql();
  }

  /** The elements of an array in SQL, for {@code createArrayOf}; of numbers. */
  public Object[] sql() {
    return stream().map(Id::number).toArray(); // boxed, the driver sends these as binary
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Ids that)) {
      return false;
    }
    if (any == null && that.any == null) {
      return Arrays.equals(that.numbers, numbers);
    }
    return size() == that.size()
        && IntStream.range(0, size()).allMatch(i -> get(i).equals(that.get(i)));
  }

  @Override
  public int hashCode() {
    return any == null ? Arrays.hashCode(numbers) : Arrays.hashCode(any);
  }

  @Override
  public String toString() {
    return any == null ? Arrays.toString(numbers) : Arrays.toString(any);
  }

  /** Gathers ids, numbers without an object for each. */
  public static final class Builder {
    private long[] numbers;
    private Id[] any;
    private int size;

    public Builder() {
      this(16);
    }

    /**
     * @param expected how many are likely to come
     */
    public Builder(int expected) {
      numbers = new long[expected];
    }

    public Builder add(Id id) {
      if (any == null && !id.isNumber()) {
        any = new Id[numbers.length];
        for (int i = 0; i < size; i++) {
          any[i] = Id.of(numbers[i]);
        }
      }
      require(size + 1);
      if (any == null) {
        numbers[size++] = id.number();
      } else {
        any[size++] = id;
      }
      return this;
    }

    public Builder addAll(Ids ids) {
      if (any == null && ids.isPacked()) {
        require(size + ids.size());
        System.arraycopy(ids.numbers, 0, numbers, size, ids.size());
        size += ids.size();
      } else {
        ids.forEach(this::add);
      }
      return this;
    }

    private void require(int wanted) {
      if (any == null && wanted > numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(wanted, size * 2));
      } else if (any != null && wanted > any.length) {
        any = Arrays.copyOf(any, Math.max(wanted, size * 2));
      }
    }

    public int size() {
      return size;
    }

    public Ids build() {
      if (any != null) {
        return new Ids(null, Arrays.copyOf(any, size));
      }
      return new Ids(Arrays.copyOf(numbers, size), null);
    }

    public void clear() {
      size = 0;
      any = null;
    }
  }
}
