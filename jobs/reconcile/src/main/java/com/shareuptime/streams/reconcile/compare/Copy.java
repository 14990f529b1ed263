package com.shareuptime.streams.reconcile.compare;

import java.util.Collection;
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
   * What is still wrong with it that was wrong before, and in the same way; by default nothing if
   * anything was written to the row meanwhile.
   *
   * @param before an earlier copy
   * @param then what the tables said after that one was read
   * @param now what they say after this one was read
   */
  default Optional<Difference> lastingFrom(Copy<T> before, T then, T now) {
    return equals(before) ? before.differenceFrom(then) : Optional.empty();
  }

  /**
   * Whether it may be right all the same, since the tables went through all of these states while
   * it was read.
   *
   * @param states the newest first
   */
  default boolean liesWithin(Collection<T> states) {
    return false;
  }
}
