package com.shareuptime.streams.model.evaluation;

import com.shareuptime.streams.model.evaluation.Values.Order;

/** Whether two values of comparable types are equal, with null and what is not known. */
public final class Equality {
  private final Order order;

  public Equality(Order order) {
    this.order = order;
  }

  /** Whether two values are known to be equal. */
  public boolean holds(Object left, Object right) {
    return Boolean.TRUE.equals(test(left, right));
  }

  /** A Boolean, null, or {@link Absent#DERIVED}. */
  Object test(Object left, Object right) {
    if (left == null || right == null) {
      return null;
    }
    if (left instanceof Absent || right instanceof Absent) {
      boolean never =
          (left == Absent.VALUE && Absent.isNever(right))
              || (right == Absent.VALUE && Absent.isNever(left));
      return never ? (Object) Boolean.FALSE : Absent.DERIVED;
    }
    return order.compare(left, right) == 0;
  }
}
