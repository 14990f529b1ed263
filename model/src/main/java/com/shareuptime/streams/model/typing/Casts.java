package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Strict;
import com.shareuptime.streams.model.evaluation.Texts;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.expression.Expression.Cast;
import com.shareuptime.streams.model.expression.RefusedException;

/** Casts that mean the same in every session. */
final class Casts {
  private Casts() {}

  static boolean hasText(SqlType type) {
    return switch (type.kind()) {
      case BOOL, INT2, INT4, INT8, TEXT, VARCHAR, CHAR, UUID, ENUM, UNKNOWN -> true;
      default -> false;
    };
  }

  static String whyNoText(SqlType type) {
    return switch (type.kind()) {
      case TIMESTAMP, TIMESTAMPTZ, DATE ->
          "The text of a time depends on the session. Map the time itself.";
      case JSON, JSONB -> "Keep the attribute in a column of its own.";
      default -> "The text of " + type + " depends on the session or the version. Leave it out.";
    };
  }

  /** The value as a text by {@code ::text}, whose booleans are words. */
  static Typed toText(Typed operand, String where) {
    if (!hasText(operand.type())) {
      throw new RefusedException(
          operand.at(),
          "A text of " + operand.type() + " is refused in " + where + ".",
          whyNoText(operand.type()));
    }
    return operand.type().kind() == Kind.CHAR
        ? operand.with(SqlType.TEXT, Values.unpadded(operand.computation()))
        : operand.with(SqlType.TEXT, Texts.cast(operand.computation()));
  }

  static Typed cast(Cast cast, Typed operand) {
    Typed result =
        switch (cast.target()) {
          case TEXT -> toText(operand, "a cast");
          case BIGINT -> toBigint(operand);
          case BOOLEAN -> toBoolean(operand);
        };
    return new Typed(
        cast, result.type(), operand.nullable(), operand.constant(), result.computation());
  }

  private static Typed toBigint(Typed operand) {
    if (operand.type().isInteger() || operand.isNull()) {
      return operand.with(SqlType.INT8, operand.computation());
    }
    String advice =
        switch (operand.type().kind()) {
          case TEXT, VARCHAR, CHAR, ENUM, UNKNOWN ->
              "One user's text would fail every query. Keep the number in a column of its own.";
          case BOOL -> "Write case when x then 1 else 0 end.";
          default -> "Make the column a bigint.";
        };
    throw new RefusedException(
        operand.at(), "A cast of " + operand.type() + " to bigint is refused.", advice);
  }

  private static Typed toBoolean(Typed operand) {
    return switch (operand.type().kind()) {
      case BOOL -> operand;
      case INT4 ->
          operand.with(SqlType.BOOL, Strict.one(operand.computation(), value -> (Long) value != 0));
      default -> {
        if (operand.isNull()) {
          yield operand.with(SqlType.BOOL, operand.computation());
        }
        throw new RefusedException(
            operand.at(),
            "A cast of " + operand.type() + " to boolean is refused.",
            operand.type().isInteger()
                ? "Write x <> 0."
                : "Write x = 'true', or another comparison.");
      }
    };
  }
}
