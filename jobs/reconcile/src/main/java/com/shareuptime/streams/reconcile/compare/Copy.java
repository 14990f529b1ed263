package com.shareuptime.streams.reconcile.compare;

import java.util.Optional;

/**
 * What a surface holds of one row, absent or not. Two copies are equal only if nothing was written
 * to the row between the two readings, as far as its version and its values tell.
 *
 * @param <T> what the tables say of such a row
 */
public interface Copy<T> {
  /** Of the write that made it; 0 where there is none. */
  long version();

  /**
   * How it differs from what the tables say; empty if it shows just that.
   *
   * @param truth null where the tables have no such row
   */
  Optional<Difference> differenceFrom(T truth);

  /**
   * Whether it may be right all the same, since the tables went from the one to the other while it
   * was read.
   */
  default boolean liesBetween(T earlier, T later) {
    return false;
  }
}
