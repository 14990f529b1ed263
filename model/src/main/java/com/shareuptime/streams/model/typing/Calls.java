package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.evaluation.IdTime;
import com.shareuptime.streams.model.evaluation.Sizes;
import com.shareuptime.streams.model.evaluation.TextFunctions;
import com.shareuptime.streams.model.evaluation.Times;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.expression.Expression.Call;
import com.shareuptime.streams.model.expression.Expression.CollateC;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.List;
import java.util.function.Supplier;

/** One call of a function, with the types of its arguments. */
final class Calls {
  private final Call call;
  private final List<Typed> arguments;

  Calls(Call call, List<Typed> arguments) {
    this.call = call;
    this.arguments = arguments;
  }

  Typed typed() {
    return switch (call.function()) {
      case CONCAT -> concat();
      case CONCAT_WS -> concatWith();
      case LOWER -> letters(true);
      case UPPER -> letters(false);
      case TRIM -> trim(true, true);
      case TRIM_LEADING -> trim(true, false);
      case TRIM_TRAILING -> trim(false, true);
      case LEFT -> {
        Computation length = integer(1);
        yield strict(SqlType.TEXT, () -> TextFunctions.left(text(0), length));
      }
      case SUBSTR -> substring();
      case STRPOS -> strict(SqlType.INT4, () -> TextFunctions.position(text(0), text(1)));
      case SPLIT_PART ->
          strict(SqlType.TEXT, () -> TextFunctions.splitPart(text(0), text(1), integer(2)));
      case CARDINALITY -> cardinality();
      case JSONB_ARRAY_LENGTH -> jsonbArrayLength();
      case TO_TIMESTAMP -> ofSeconds();
      case INSTANT -> maybe(strict(SqlType.TIMESTAMPTZ, () -> Times.ofText(text(0))));
      case ID_TIME -> idTime();
    };
  }

  private Position at() {
    return call.at();
  }

  private Typed strict(SqlType type, Supplier<Computation> computation) {
    return Typer.strict(call, type, arguments, computation);
  }

  /** Of what may be null even if no argument is. */
  private static Typed maybe(Typed typed) {
    return new Typed(typed.source(), typed.type(), true, typed.constant(), typed.computation());
  }

  private Computation text(int argument) {
    return Coercion.text(arguments.get(argument)).computation();
  }

  private Computation integer(int argument) {
    return Coercion.smallInteger(arguments.get(argument)).computation();
  }

  /** Never a constant: to Postgres it is stable only, and so is not computed when it plans. */
  private Typed concat() {
    return new Typed(call, SqlType.TEXT, false, false, TextFunctions.concat(outputs(0)));
  }

  private Typed concatWith() {
    Typed separator = Coercion.text(arguments.get(0));
    return new Typed(
        call,
        SqlType.TEXT,
        separator.nullable(),
        false,
        TextFunctions.concatWith(separator.computation(), outputs(1)));
  }

  /** As they are written: {@code concat} keeps the padding of {@code char(n)}. */
  private Computation[] outputs(int from) {
    List<Typed> rest = arguments.subList(from, arguments.size());
    for (Typed argument : rest) {
      if (!Casts.hasText(argument.type())) {
        throw new RefusedException(
            argument.at(),
            "A text of " + argument.type() + " is refused in " + call.function().sql() + ".",
            Casts.whyNoText(argument.type()));
      }
    }
    return Typer.computations(rest);
  }

  private Typed letters(boolean lower) {
    if (!(call.operands().get(0) instanceof CollateC) && !arguments.get(0).constant()) {
      throw new RefusedException(
          at(),
          "How letters change in " + call.function().sql() + " depends on the database's locale.",
          "Write " + call.function().sql() + "(x collate \"C\"), which changes those of ASCII.");
    }
    return strict(
        SqlType.TEXT, () -> lower ? TextFunctions.lower(text(0)) : TextFunctions.upper(text(0)));
  }

  private Typed trim(boolean leading, boolean trailing) {
    return strict(
        SqlType.TEXT,
        () ->
            TextFunctions.trim(
                text(0), arguments.size() > 1 ? text(1) : Values.constant(" "), leading, trailing));
  }

  private Typed substring() {
    return strict(
        SqlType.TEXT,
        () ->
            arguments.size() == 2
                ? TextFunctions.substring(text(0), integer(1))
                : TextFunctions.substring(text(0), integer(1), integer(2)));
  }

  private Typed cardinality() {
    require(Kind.ARRAY, "cardinality is for arrays", "Write jsonb_array_length(x) for jsonb.");
    return strict(SqlType.INT4, () -> Sizes.cardinality(arguments.get(0).computation()));
  }

  private Typed jsonbArrayLength() {
    require(Kind.JSONB, "jsonb_array_length is for jsonb", "Write cardinality(x) for an array.");
    return strict(SqlType.INT4, () -> Sizes.jsonbArrayLength(arguments.get(0).computation()));
  }

  private void require(Kind kind, String what, String advice) {
    Typed argument = arguments.get(0);
    if (argument.type().kind() != kind) {
      throw new RefusedException(
          argument.at(), what + ", not for " + argument.type() + ".", advice);
    }
  }

  private Typed ofSeconds() {
    Typed seconds = arguments.get(0);
    if (!seconds.type().isNumber() && !seconds.isUntypedNull()) {
      throw new RefusedException(
          seconds.at(),
          "to_timestamp takes seconds since 1970, not " + seconds.type() + ".",
          seconds.type().isText() || seconds.isUnknown()
              ? "Write streams_model.instant(x), which reads ISO-8601 with a zone."
              : "Map the time itself.");
    }
    return strict(SqlType.TIMESTAMPTZ, () -> Times.ofSeconds(seconds.computation()));
  }

  private Typed idTime() {
    Typed kind = arguments.get(1);
    IdTime time =
        kind.constant() && kind.value() instanceof String name
            ? IdTime.ofKind(name).orElse(null)
            : null;
    if (time == null) {
      throw new RefusedException(
          kind.at(),
          "Which kind of id it is stands as a literal in the second argument.",
          "Write one of: " + IdTime.kinds() + ".");
    }
    Typed id = arguments.get(0);
    boolean isId =
        id.type().isText()
            || id.isUnknown()
            || id.type().isInteger()
            || id.type().kind() == Kind.UUID;
    if (!isId) {
      throw new RefusedException(
          id.at(), "An id is a number, a UUID or a text, not " + id.type() + ".", "Map the id.");
    }
    Computation value =
        id.type().isText() || id.isUnknown() ? Coercion.text(id).computation() : id.computation();
    return maybe(strict(SqlType.TIMESTAMPTZ, () -> time.of(value)));
  }
}
