package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Times;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What Postgres converts by itself: literals to the type beside them, and kinds of text. */
final class Coercion {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private Coercion() {}

  /** The same value as one of another type that its neighbours have. */
  static Typed to(SqlType type, Typed typed) {
    if (typed.isUnknown()) {
      return literal(type, typed);
    } else if (typed.type().kind() == Kind.CHAR && type.kind() != Kind.CHAR && type.isText()) {
      return typed.with(type, Values.unpadded(typed.computation()));
    }
    return typed.with(type, typed.computation());
  }

  private static Typed literal(SqlType type, Typed typed) {
    if (typed.isNull()) {
      return typed.with(type, typed.computation());
    }
    String text = (String) typed.value();
    return switch (type.kind()) {
      case TEXT, VARCHAR, CHAR -> typed.with(type, typed.computation());
      case UUID -> {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!UUID.matcher(lower).matches()) {
          throw new RefusedException(
              typed.at(), "'" + text + "' is no UUID.", "Write it with its hyphens.");
        }
        yield typed.with(type, Values.constant(lower));
      }
      case ENUM -> {
        if (!type.labels().contains(text)) {
          throw new RefusedException(
              typed.at(),
              "'" + text + "' is no label of " + type + ".",
              "Its labels: "
                  + String.join(", ", type.labels())
                  + ". For other texts write (x)::text.");
        }
        yield typed.with(type, typed.computation());
      }
      case TIMESTAMP, TIMESTAMPTZ -> time(type, typed, text);
      default ->
          throw new RefusedException(
              typed.at(),
              "A text stands here beside " + type + ".",
              type.isNumber()
                  ? "Write the number without quotes."
                  : type.kind() == Kind.BOOL
                      ? "Write true or false without quotes."
                      : "Ask only whether it is null.");
    };
  }

  private static Typed time(SqlType type, Typed typed, String text) {
    boolean hasZone = type.kind() == Kind.TIMESTAMPTZ;
    Long micros = Times.ofLiteral(text, hasZone);
    if (micros == null) {
      throw new RefusedException(
          typed.at(),
          "How '" + text + "' is read depends on the session.",
          hasZone
              ? "Write '2020-01-31 12:00:00+00', with its zone."
              : "Write '2020-01-31 12:00:00', without a zone.");
    }
    return typed.with(type, Values.constant(micros));
  }

  static Typed truth(Typed typed) {
    if (typed.type().kind() == Kind.BOOL || typed.isUntypedNull()) {
      return typed.with(SqlType.BOOL, typed.computation());
    }
    throw new RefusedException(
        typed.at(),
        "Here stands " + typed.type() + " where a boolean is needed.",
        typed.type().isNumber() ? "Write x <> 0." : "Write a comparison: x = 'value'.");
  }

  /** A text for a function of texts; {@code char(n)} loses its padding, as in Postgres. */
  static Typed text(Typed typed) {
    if (typed.type().isText() || typed.isUnknown()) {
      return to(SqlType.TEXT, typed);
    }
    throw new RefusedException(
        typed.at(),
        "Here stands " + typed.type() + " where a text is needed.",
        Casts.hasText(typed.type()) ? "Write (x)::text." : Casts.whyNoText(typed.type()));
  }

  static Typed integer(Typed typed) {
    if (typed.type().isInteger()) {
      return typed;
    } else if (typed.isUntypedNull()) {
      return typed.with(SqlType.INT4, typed.computation());
    }
    throw new RefusedException(
        typed.at(),
        "Arithmetic is for integers, not for " + typed.type() + ".",
        typed.type().isText() || typed.isUnknown()
            ? "Keep the number in a column of its own: one user's text would fail every query."
            : "Map the column as it is.");
  }

  /** A null takes the type of what it is calculated with. */
  static Typed integerBeside(Typed typed, Typed other) {
    return typed.isUntypedNull() && other.type().isInteger()
        ? typed.with(other.type(), typed.computation())
        : integer(typed);
  }

  /** An integer that a function takes as its {@code integer}. */
  static Typed smallInteger(Typed typed) {
    Typed integer = integer(typed);
    if (integer.type().kind() == Kind.INT8) {
      throw new RefusedException(
          typed.at(), "Here stands a bigint where an integer is needed.", "Write a literal.");
    }
    return integer;
  }
}
