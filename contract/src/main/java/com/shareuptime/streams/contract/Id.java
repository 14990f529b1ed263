package com.shareuptime.streams.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.ObjectStreamException;
import java.io.Serializable;

/**
 * Which row of users, posts or reels: a number or a text, as its column is. A text that a UUID is
 * written as takes sixteen bytes. Equality, hash and order are those of the value, in every process
 * and build, as keys of Flink state and of topics depend on them. Numbers come before texts, and
 * texts are in the order of their code points, as with {@code collate "C"}: so UUIDs are as
 * Postgres has them.
 *
 * <p>How it is spelled: {@link #toString} in keys and in texts, {@link #sql} for a parameter of a
 * statement, {@link IdJson} in JSON, {@link Ids} where there are many. What a spelling alone does
 * not say, whether {@code 42} is a number, an {@link IdKind} does.
 */
public abstract sealed class Id implements Comparable<Id>, Serializable
    permits Id.OfNumber, Id.OfUuid, Id.OfText, Id.Bound {
  private static final long serialVersionUID = 2L;

  /** Above every other: where those of one time are read from the first on. No row has it. */
  public static final Id HIGHEST = new Bound(true);

  /** Below every other. No row has it. */
  public static final Id LOWEST = new Bound(false);

  public static Id of(long number) {
    return new OfNumber(number);
  }

  /** A text, also if it looks like a number. */
  public static Id of(String text) {
    return UuidText.isCanonical(text)
        ? new OfUuid(UuidText.high(text), UuidText.low(text))
        : new OfText(text);
  }

  /**
   * Reads what {@link #toString} wrote of a number.
   *
   * @throws NumberFormatException if it is none
   */
  public static Id parse(String text) {
    return of(Long.parseLong(text));
  }

  /** A UUID by its two halves. */
  public static Id ofUuid(long high, long low) {
    return new OfUuid(high, low);
  }

  /** An id as a column of a result has it, by {@code getObject}. */
  public static Id ofSql(Object column) {
    return column instanceof Number number ? of(number.longValue()) : of(column.toString());
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Id ofJson(Object json) {
    if (json instanceof Long || json instanceof Integer || json instanceof String) {
      return ofSql(json);
    }
    throw new IllegalArgumentException("'" + json + "' is no id");
  }

  /** The parameter of a statement, for {@code setObject}: a Long, a UUID or a String. */
  public abstract Object sql();

  /** A Long or a String. */
  @JsonValue
  abstract Object json();

  public boolean isNumber() {
    return false;
  }

  public boolean isUuid() {
    return false;
  }

  /**
   * The number, for what is packed closer than one object for each.
   *
   * @throws UnsupportedOperationException if it is none
   */
  public long number() {
    throw new UnsupportedOperationException(this + " is no number");
  }

  /** The first half of a UUID. */
  public long high() {
    throw new UnsupportedOperationException(this + " is no UUID");
  }

  /** The second half of a UUID. */
  public long low() {
    throw new UnsupportedOperationException(this + " is no UUID");
  }

  /** A number's bits, or as many of another's hash. */
  public abstract long bits();

  /** Whether the product may have given it: numbers of rows begin at 1. */
  public boolean isPositive() {
    return true;
  }

  /** Which comes first among ids that are not of one class. */
  abstract int rank();

  abstract int compareToSame(Id other);

  @Override
  public int compareTo(Id other) {
    int byRank = Integer.compare(rank(), other.rank());
    return byRank != 0 ? byRank : compareToSame(other);
  }

  @Override
  public abstract boolean equals(Object other);

  @Override
  public abstract int hashCode();

  /** The id alone, as it stands in keys. */
  @Override
  public abstract String toString();

  private static final int NUMBERS = 1;
  private static final int TEXTS = 2;

  static final class OfNumber extends Id {
    private static final long serialVersionUID = 1L;
    private final long number;

    private OfNumber(long number) {
      this.number = number;
    }

    @Override
    public Object sql() {
      return number;
    }

    @Override
    Object json() {
      return number;
    }

    @Override
    public boolean isNumber() {
      return true;
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public long bits() {
      return number;
    }

    @Override
    public boolean isPositive() {
      return number > 0;
    }

    @Override
    int rank() {
      return NUMBERS;
    }

    @Override
    int compareToSame(Id other) {
      return Long.compare(number, ((OfNumber) other).number);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfNumber that && that.number == number;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  static final class OfUuid extends Id {
    private static final long serialVersionUID = 1L;
    private final long high;
    private final long low;

    private OfUuid(long high, long low) {
      this.high = high;
      this.low = low;
    }

    @Override
    public Object sql() {
      return new java.util.UUID(high, low);
    }

    @Override
    String json() {
      return toString();
    }

    @Override
    public boolean isUuid() {
      return true;
    }

    @Override
    public long high() {
      return high;
    }

    @Override
    public long low() {
      return low;
    }

    @Override
    public long bits() {
      return high * 0x9E3779B97F4A7C15L ^ low;
    }

    @Override
    int rank() {
      return TEXTS;
    }

    @Override
    int compareToSame(Id other) {
      if (other instanceof OfUuid that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
      }
      return CodePoints.compare(toString(), other.toString());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfUuid that && that.high == high && that.low == low;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(bits() * 0x9E3779B97F4A7C15L);
    }

    @Override
    public String toString() {
      return UuidText.of(high, low);
    }
  }

  static final class OfText extends Id {
    private static final long serialVersionUID = 1L;
    private final String text;

    private OfText(String text) {
      this.text = text;
    }

    @Override
    public Object sql() {
      return text;
    }

    @Override
    String json() {
      return text;
    }

    @Override
    public long bits() {
      long bits = text.length();
      for (int i = 0; i < text.length(); i++) {
        bits = bits * 0x9E3779B97F4A7C15L + text.charAt(i);
      }
      return bits;
    }

    @Override
    int rank() {
      return TEXTS;
    }

    @Override
    int compareToSame(Id other) {
      return CodePoints.compare(text, other.toString());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OfText that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** What bounds a range and is nobody's id. */
  static final class Bound extends Id {
    private static final long serialVersionUID = 1L;
    private final boolean highest;

    private Bound(boolean highest) {
      this.highest = highest;
    }

    @Override
    public Object sql() {
      throw new UnsupportedOperationException("SQL needs a kind of ids for the " + this);
    }

    @Override
    Object json() {
      throw new UnsupportedOperationException("JSON has no form of the " + this);
    }

    @Override
    public long bits() {
      return 0;
    }

    @Override
    int rank() {
      return highest ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }

    @Override
    int compareToSame(Id other) {
      return 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bound that && that.highest == highest;
    }

    @Override
    public int hashCode() {
      return Boolean.hashCode(highest);
    }

    @Override
    public String toString() {
      return highest ? "highest id" : "lowest id";
    }

    private Object readResolve() throws ObjectStreamException {
      return highest ? HIGHEST : LOWEST;
    }
  }
}
