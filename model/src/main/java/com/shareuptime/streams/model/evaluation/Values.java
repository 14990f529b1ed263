package com.shareuptime.streams.model.evaluation;

import java.math.BigDecimal;
import java.util.function.IntPredicate;

/** How values are compared and copied. */
public final class Values {
  private Values() {}

  /** Compares two values that are neither null nor absent. */
  public interface Order {
    int compare(Object left, Object right);
  }

  /** Longs: integers and times. */
  public static final Order NUMBERS = (a, b) -> Long.compare((Long) a, (Long) b);

  /** A Long and a BigDecimal in any combination. */
  public static final Order DECIMALS = (a, b) -> decimal(a).compareTo(decimal(b));

  public static final Order BOOLEANS = (a, b) -> Boolean.compare((Boolean) a, (Boolean) b);

  /**
   * TextFunctions of which equality alone is asked, and UUIDs in lower case, whose order is theirs.
   */
  public static final Order TEXTS = (a, b) -> ((String) a).compareTo((String) b);

  /** {@code char(n)}: blanks at the end are no part of the value. */
  public static final Order PADDED =
      (a, b) -> withoutPadding((String) a).compareTo(withoutPadding((String) b));

  /** A {@code char(n)} that is compared as a text, with a text. */
  public static final Order LEFT_PADDED =
      (a, b) -> withoutPadding((String) a).compareTo((String) b);

  static BigDecimal decimal(Object value) {
    return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf((Long) value);
  }

  public static Computation column(int index) {
    return row -> row.value(index);
  }

  public static Computation constant(Object value) {
    return row -> value;
  }

  /**
   * A comparison other than of equality.
   *
   * @param holds whether it is true, given the sign of the comparison
   */
  public static Computation ordered(
      Computation left, Computation right, Order order, IntPredicate holds) {
    return Strict.two(left, right, (a, b) -> holds.test(order.compare(a, b)));
  }

  public static Computation equal(
      Computation left, Computation right, Equality equality, boolean negated) {
    return row -> {
      Object equal = equality.test(left.of(row), right.of(row));
      return equal instanceof Boolean truth ? (Object) (truth != negated) : equal;
    };
  }

  /** {@code char(n)} as text: a large value stays what it is. */
  public static Computation unpadded(Computation operand) {
    return row -> {
      Object value = operand.of(row);
      return value instanceof String text ? withoutPadding(text) : value;
    };
  }

  static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
