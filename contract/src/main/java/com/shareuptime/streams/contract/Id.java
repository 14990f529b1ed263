package com.shareuptime.streams.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/**
 * Which row of users, posts or reels: a number. Equality, hash and order are those of the number,
 * in every process and build, as keys of Flink state and of topics depend on them.
 *
 * <p>How it is spelled: {@link #toString} in keys and in texts, {@link #sql} for a parameter of a
 * statement, {@link IdJson} in JSON, {@link Ids} where there are many.
 */
public final class Id implements Comparable<Id>, Serializable {
  private static final long serialVersionUID = 1L;

  /** Above every other: where those of one time are read from the first on. */
  public static final Id HIGHEST = new Id(Long.MAX_VALUE);

  /** Below every other. */
  public static final Id LOWEST = new Id(Long.MIN_VALUE);

  private final long number;

  private Id(long number) {
    this.number = number;
  }

  @JsonCreator
  public static Id of(long number) {
    return new Id(number);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws NumberFormatException if it is no id
   */
  public static Id parse(String text) {
    return new Id(Long.parseLong(text));
  }

  /** An id as a column of a result has it, by {@code getObject}. */
  public static Id ofSql(Object column) {
    return new Id(((Number) column).longValue());
  }

  /** The parameter of a statement, for {@code setObject}. */
  public Object sql() {
    return number;
  }

  /** The number, for what is packed closer than one object for each. */
  @JsonValue
  public long number() {
    return number;
  }

  /** Whether the product may have given it: numbers of rows begin at 1. */
  public boolean isPositive() {
    return number > 0;
  }

  @Override
  public int compareTo(Id other) {
    return Long.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Id that && that.number == number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }

  /** The id alone, as it stands in keys. */
  @Override
  public String toString() {
    return Long.toString(number);
  }
}
