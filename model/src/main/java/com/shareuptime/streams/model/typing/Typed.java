package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.evaluation.Row;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Position;

/**
 * An expression with its type, ready to be computed.
 *
 * @param nullable whether it may be null
 * @param constant whether Postgres computes it when it plans, as it takes no column
 */
public record Typed(
    Expression source, SqlType type, boolean nullable, boolean constant, Computation computation) {

  private static final Row NO_ROW =
      column -> {
        throw new IllegalStateException("a constant has no column");
      };

  Position at() {
    return source.at();
  }

  boolean isUnknown() {
    return type.kind() == Kind.UNKNOWN;
  }

  /** The value of a constant. */
  Object value() {
    return computation.of(NO_ROW);
  }

  boolean isNull() {
    return constant && value() == null;
  }

  /** A null that takes the type of what it stands beside. */
  boolean isUntypedNull() {
    return isUnknown() && isNull();
  }

  Typed with(SqlType other, Computation computed) {
    return new Typed(source, other, nullable, constant, computed);
  }
}
