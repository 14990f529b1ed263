package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads literals that are numbers. */
final class Numbers {
  private Numbers() {}

  /**
   * A minus sign is part of a literal, as in Postgres: the smallest integer has no positive one.
   */
  static Literal literal(String text, boolean negative, Position at) {
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new RefusedException(at, text + " is no number.", "Write it in decimal: 42 or 1.5.");
    }
    value = negative ? value.negate() : value;
    boolean isInteger = text.chars().allMatch(c -> c >= '0' && c <= '9');
    BigInteger whole = isInteger ? value.toBigIntegerExact() : null;
    return new Literal(
        at, whole != null && whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : value);
  }
}
