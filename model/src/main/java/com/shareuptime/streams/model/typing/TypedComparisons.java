package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.evaluation.Equality;
import com.shareuptime.streams.model.evaluation.Logic;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.evaluation.Values.Order;
import com.shareuptime.streams.model.expression.Expression.Comparator;
import com.shareuptime.streams.model.expression.Expression.Comparison;
import com.shareuptime.streams.model.expression.Expression.In;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** Which values may be compared, and how. */
final class TypedComparisons {
  private TypedComparisons() {}

  /** Two values of types that can be compared. */
  record Pair(Typed left, Typed right, Order order) {}

  static Typed compare(Comparison comparison, Typed left, Typed right) {
    Pair pair = pair(left, right, comparison.operator().isEquality());
    List<Typed> operands = List.of(pair.left(), pair.right());
    return Typer.strict(
        comparison, SqlType.BOOL, operands, () -> computation(comparison.operator(), pair));
  }

  private static Computation computation(Comparator operator, Pair pair) {
    Computation left = pair.left().computation();
    Computation right = pair.right().computation();
    return switch (operator) {
      case EQUAL, NOT_EQUAL ->
          Values.equal(left, right, new Equality(pair.order()), operator == Comparator.NOT_EQUAL);
      case LESS -> Values.ordered(left, right, pair.order(), sign -> sign < 0);
      case LESS_OR_EQUAL -> Values.ordered(left, right, pair.order(), sign -> sign <= 0);
      case GREATER -> Values.ordered(left, right, pair.order(), sign -> sign > 0);
      case GREATER_OR_EQUAL -> Values.ordered(left, right, pair.order(), sign -> sign >= 0);
    };
  }

  static Typed in(In in, Typed operand, List<Typed> items) {
    Typed subject = operand.isUnknown() ? Coercion.to(SqlType.TEXT, operand) : operand;
    List<Object> values = new ArrayList<>();
    Order order = Values.TEXTS;
    for (Typed item : items) {
      Pair pair = pair(subject, item, true);
      values.add(pair.right().value());
      order = pair.order() == Values.NUMBERS && order == Values.DECIMALS ? order : pair.order();
    }
    if (values.size() == 1 && values.get(0) == null) {
      // Postgres takes it for x = null, and does not compute x
      return new Typed(in, SqlType.BOOL, true, true, Values.constant(null));
    }
    return new Typed(
        in,
        SqlType.BOOL,
        operand.nullable() || values.contains(null),
        operand.constant(),
        Logic.in(subject.computation(), values.toArray(), new Equality(order), in.negated()));
  }

  /**
   * @param equality whether nothing but equality is asked
   */
  static Pair pair(Typed left, Typed right, boolean equality) {
    if (left.type().kind() == Kind.ARRAY || right.type().kind() == Kind.ARRAY) {
      return emptyArray(left, right, equality);
    }
    Typed a = left.isUnknown() ? Coercion.to(beside(right), left) : left;
    Typed b = right.isUnknown() ? Coercion.to(beside(left), right) : right;
    SqlType type = a.type();
    SqlType other = b.type();
    if (type.isNumber() && other.isNumber()) {
      boolean integers = type.isInteger() && other.isInteger();
      return new Pair(a, b, integers ? Values.NUMBERS : Values.DECIMALS);
    } else if (type.isText() && other.isText()) {
      requireEquality(equality, a, "of texts", "Their order depends on the collation.");
      return texts(a, b);
    } else if (!CommonType.isSame(type, other)) {
      throw new RefusedException(
          left.at(),
          "A comparison of " + type + " with " + other + " is refused.",
          CommonType.advice(type, other));
    }
    return switch (type.kind()) {
      case BOOL -> {
        requireEquality(equality, a, "of booleans", "Write and, or, not.");
        yield new Pair(a, b, Values.BOOLEANS);
      }
      case UUID -> new Pair(a, b, Values.TEXTS);
      case ENUM -> {
        requireEquality(equality, a, "of enums", "It is the order in which labels were added.");
        yield new Pair(a, b, Values.TEXTS);
      }
      case TIMESTAMP, TIMESTAMPTZ -> new Pair(a, b, Values.NUMBERS);
      default ->
          throw new RefusedException(
              left.at(),
              "A comparison of " + type + " is refused.",
              type.kind() == Kind.JSONB
                  ? "Write jsonb_array_length(x) = 0, or x is null."
                  : type.kind() == Kind.DATE
                      ? "What day it is depends on a zone. Compare the time itself."
                      : "Ask only whether it is null.");
    };
  }

  /** The type that a literal takes beside a value. */
  private static SqlType beside(Typed typed) {
    return typed.isUnknown() ? SqlType.TEXT : typed.type();
  }

  private static Pair texts(Typed a, Typed b) {
    boolean aPadded = a.type().kind() == Kind.CHAR;
    boolean bPadded = b.type().kind() == Kind.CHAR;
    boolean hasText = a.type().kind() == Kind.TEXT || b.type().kind() == Kind.TEXT;
    if ((aPadded || bPadded) && !hasText) {
      // the other is a char(n) to Postgres from here on, also as the result of nullif
      return new Pair(
          aPadded ? a : Coercion.to(b.type(), a),
          bPadded ? b : Coercion.to(a.type(), b),
          Values.PADDED);
    }
    return new Pair(
        aPadded ? Coercion.to(SqlType.TEXT, a) : a,
        bPadded ? Coercion.to(SqlType.TEXT, b) : b,
        Values.TEXTS);
  }

  /** Postgres writes every empty array in one way, whatever it had before. */
  private static Pair emptyArray(Typed left, Typed right, boolean equality) {
    Typed literal = left.isUnknown() ? left : right;
    if (!equality || !literal.isUnknown() || !(literal.isNull() || "{}".equals(literal.value()))) {
      throw new RefusedException(
          left.at(),
          "A comparison of an array with anything but '{}' is refused.",
          "Write x = '{}', or compare the number of elements: cardinality(x) = 0.");
    }
    return new Pair(left, right, Values.TEXTS);
  }

  private static void requireEquality(boolean equality, Typed left, String what, String why) {
    if (!equality) {
      throw new RefusedException(
          left.at(), "< <= > >= " + what + " are refused.", why + " Write = or <>, or in (…).");
    }
  }
}
