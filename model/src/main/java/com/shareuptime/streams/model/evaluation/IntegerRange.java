package com.shareuptime.streams.model.evaluation;

/** Postgres' three integers: all of them are Longs here, and each has its own overflow. */
public enum IntegerRange {
  SMALLINT("smallint", Short.MIN_VALUE, Short.MAX_VALUE),
  INTEGER("integer", Integer.MIN_VALUE, Integer.MAX_VALUE),
  BIGINT("bigint", Long.MIN_VALUE, Long.MAX_VALUE);

  private final String sql;
  private final long least;
  private final long most;

  IntegerRange(String sql, long least, long most) {
    this.sql = sql;
    this.least = least;
    this.most = most;
  }

  public boolean holds(long value) {
    return value >= least && value <= most;
  }

  private Long checked(long value) {
    if (!holds(value)) {
      throw outOfRange();
    }
    return value;
  }

  private EvaluationException outOfRange() {
    return new EvaluationException(sql + " out of range");
  }

  public Computation add(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> exact((Long) a, (Long) b, Math::addExact));
  }

  public Computation subtract(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> exact((Long) a, (Long) b, Math::subtractExact));
  }

  public Computation multiply(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> exact((Long) a, (Long) b, Math::multiplyExact));
  }

  private interface Operation {
    long of(long left, long right);
  }

  private Long exact(long left, long right, Operation operation) {
    try {
      return checked(operation.of(left, right));
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  public Computation divide(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> divided((Long) a, (Long) b));
  }

  private Long divided(long left, long right) {
    if (right == 0) {
      throw divisionByZero();
    }
    if (left == Long.MIN_VALUE && right == -1) {
      throw outOfRange();
    }
    return checked(left / right);
  }

  public Computation remainder(Computation left, Computation right) {
    return Strict.two(left, right, (a, b) -> remaining((Long) a, (Long) b));
  }

  private static Long remaining(long left, long right) {
    if (right == 0) {
      throw divisionByZero();
    }
    return left % right;
  }

  public Computation negate(Computation operand) {
    return Strict.one(operand, value -> negated((Long) value));
  }

  private Long negated(long value) {
    if (value == Long.MIN_VALUE) {
      throw outOfRange();
    }
    return checked(-value);
  }

  private static EvaluationException divisionByZero() {
    return new EvaluationException("division by zero");
  }
}
