package com.shareuptime.streams.model.syntax;

/** How tightly an operator holds its operands in Postgres, from the loosest. */
enum Binding {
  OR,
  AND,
  NOT,
  IS,
  COMPARISON,
  IN,
  JOIN,
  SUM,
  PRODUCT,
  ZONE,
  COLLATE,
  SIGN,
  CAST,
  /** Names, literals, calls and what stands in parentheses. */
  ATOM;

  /** Whether an operand of this kind needs no parentheses where at least {@code other} is asked. */
  boolean isAtLeast(Binding other) {
    return compareTo(other) >= 0;
  }

  boolean isTighterThan(Binding other) {
    return compareTo(other) > 0;
  }
}
