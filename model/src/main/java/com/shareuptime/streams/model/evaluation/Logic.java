package com.shareuptime.streams.model.evaluation;

/**
 * SQL's logic of three values, and a fourth: not known. Operands are computed from left to right,
 * and no further than Postgres does.
 */
public final class Logic {
  private Logic() {}

  public static Computation not(Computation operand) {
    return Strict.one(operand, value -> !((Boolean) value));
  }

  public static Computation and(Computation left, Computation right) {
    return joined(left, right, Boolean.FALSE);
  }

  public static Computation or(Computation left, Computation right) {
    return joined(left, right, Boolean.TRUE);
  }

  private static Computation joined(Computation left, Computation right, Boolean decides) {
    return row -> {
      Object a = left.of(row);
      if (decides.equals(a)) {
        return a;
      }
      Object b = right.of(row);
      if (decides.equals(b)) {
        return b;
      }
      if (a instanceof Absent || b instanceof Absent) {
        return Absent.DERIVED;
      }
      return a == null ? null : b;
    };
  }

  public static Computation isNull(Computation operand, boolean negated) {
    return row -> {
      Object value = operand.of(row);
      return value == Absent.DERIVED ? value : (Object) ((value == null) != negated);
    };
  }

  public static Computation isTruth(Computation operand, boolean truth, boolean negated) {
    return row -> {
      Object value = operand.of(row);
      return value instanceof Absent
          ? value
          : (Object) (((Boolean) truth).equals(value) != negated);
    };
  }

  /** The first that is not null; what follows it is not computed. */
  public static Computation coalesce(Computation[] operands) {
    return row -> {
      for (Computation operand : operands) {
        Object value = operand.of(row);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }

  /**
   * @param conditions as many as results
   * @param otherwise for when none is true
   */
  public static Computation searched(
      Computation[] conditions, Computation[] results, Computation otherwise) {
    return row -> {
      for (int i = 0; i < conditions.length; i++) {
        Object holds = conditions[i].of(row);
        if (holds instanceof Absent) {
          return Absent.DERIVED;
        }
        if (Boolean.TRUE.equals(holds)) {
          return results[i].of(row);
        }
      }
      return otherwise.of(row);
    };
  }

  /**
   * {@code case} of a subject, which is computed once.
   *
   * @param values what it is compared with
   */
  public static Computation simple(
      Computation subject,
      Computation[] values,
      Equality[] equalities,
      Computation[] results,
      Computation otherwise) {
    return row -> {
      Object compared = subject.of(row);
      for (int i = 0; i < values.length; i++) {
        Object holds = equalities[i].test(compared, values[i].of(row));
        if (holds instanceof Absent) {
          return Absent.DERIVED;
        }
        if (Boolean.TRUE.equals(holds)) {
          return results[i].of(row);
        }
      }
      return otherwise.of(row);
    };
  }

  public static Computation nullIf(Computation left, Computation right, Equality equality) {
    return row -> {
      Object a = left.of(row);
      Object equal = equality.test(a, right.of(row));
      if (equal instanceof Absent) {
        return Absent.DERIVED;
      }
      return Boolean.TRUE.equals(equal) ? null : a;
    };
  }

  public static Computation in(
      Computation operand, Object[] items, Equality equality, boolean negated) {
    return row -> {
      Object value = operand.of(row);
      if (items.length > 0 && value == null) {
        return null;
      }
      Object result = Boolean.FALSE;
      for (Object item : items) {
        Object equal = equality.test(value, item);
        if (Boolean.TRUE.equals(equal)) {
          return !negated;
        }
        if (equal == null || equal instanceof Absent) {
          result = result instanceof Absent ? result : equal;
        }
      }
      return result instanceof Boolean ? (Object) negated : result;
    };
  }
}
