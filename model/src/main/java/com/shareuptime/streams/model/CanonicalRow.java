package com.shareuptime.streams.model;

import com.shareuptime.streams.model.evaluation.Absent;
import java.util.Arrays;

/**
 * One row of an entity: a value for each canonical column, in the order of {@link Entity#columns}.
 * Ids are Longs or Strings, flags Booleans, times Longs of microseconds since 1970, an amount a
 * Long. {@link Absent} stands for a text that an update left alone; null for none.
 */
public final class CanonicalRow {
  private final Object[] values;

  CanonicalRow(Object[] values) {
    this.values = values;
  }

  /** The value of the canonical column at this place. */
  public Object value(int column) {
    return values[column];
  }

  /** Whether the value at this place is what it was before the update. */
  public boolean isUnchanged(int column) {
    return values[column] instanceof Absent;
  }

  public int size() {
    return values.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CanonicalRow that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
