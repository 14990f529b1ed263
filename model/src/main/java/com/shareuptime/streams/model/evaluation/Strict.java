package com.shareuptime.streams.model.evaluation;

/**
 * Functions that are null as soon as an argument is. All arguments are computed first, as in
 * Postgres: an error in the second is one even if the first is null.
 */
public final class Strict {
  private Strict() {}

  /** A function of one value. */
  public interface One {
    Object of(Object value);
  }

  /** A function of two values. */
  public interface Two {
    Object of(Object left, Object right);
  }

  /** A function of three values. */
  public interface Three {
    Object of(Object first, Object second, Object third);
  }

  public static Computation one(Computation operand, One function) {
    return row -> {
      Object value = operand.of(row);
      if (value == null) {
        return null;
      }
      return value instanceof Absent ? Absent.DERIVED : function.of(value);
    };
  }

  public static Computation two(Computation left, Computation right, Two function) {
    return row -> {
      Object a = left.of(row);
      Object b = right.of(row);
      if (a == null || b == null) {
        return null;
      }
      return a instanceof Absent || b instanceof Absent ? Absent.DERIVED : function.of(a, b);
    };
  }

  public static Computation three(
      Computation first, Computation second, Computation third, Three function) {
    return row -> {
      Object a = first.of(row);
      Object b = second.of(row);
      Object c = third.of(row);
      if (a == null || b == null || c == null) {
        return null;
      }
      return a instanceof Absent || b instanceof Absent || c instanceof Absent
          ? Absent.DERIVED
          : function.of(a, b, c);
    };
  }
}
