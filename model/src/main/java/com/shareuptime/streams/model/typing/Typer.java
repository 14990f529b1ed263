package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.Catalog;
import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import com.shareuptime.streams.model.evaluation.Computation;
import com.shareuptime.streams.model.evaluation.Equality;
import com.shareuptime.streams.model.evaluation.EvaluationException;
import com.shareuptime.streams.model.evaluation.IntegerRange;
import com.shareuptime.streams.model.evaluation.Logic;
import com.shareuptime.streams.model.evaluation.TextFunctions;
import com.shareuptime.streams.model.evaluation.Times;
import com.shareuptime.streams.model.evaluation.Values;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.AtTimeZone;
import com.shareuptime.streams.model.expression.Expression.Calculation;
import com.shareuptime.streams.model.expression.Expression.Call;
import com.shareuptime.streams.model.expression.Expression.Case;
import com.shareuptime.streams.model.expression.Expression.Cast;
import com.shareuptime.streams.model.expression.Expression.Coalesce;
import com.shareuptime.streams.model.expression.Expression.CollateC;
import com.shareuptime.streams.model.expression.Expression.Column;
import com.shareuptime.streams.model.expression.Expression.Comparison;
import com.shareuptime.streams.model.expression.Expression.In;
import com.shareuptime.streams.model.expression.Expression.IsNull;
import com.shareuptime.streams.model.expression.Expression.IsTruth;
import com.shareuptime.streams.model.expression.Expression.Join;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Expression.Negation;
import com.shareuptime.streams.model.expression.Expression.Not;
import com.shareuptime.streams.model.expression.Expression.NullIf;
import com.shareuptime.streams.model.expression.Expression.Or;
import com.shareuptime.streams.model.expression.Expression.When;
import com.shareuptime.streams.model.expression.RefusedException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Types and compiles the expressions of one table. */
public final class Typer {
  private static final String TIME_ZONE_ADVICE =
      "Write 'UTC', or a zone by its name, as 'Europe/Berlin': abbreviations and offsets mean"
          + " different things in Postgres and elsewhere.";

  private final CatalogTable table;
  private final boolean streamsGenerated;

  public Typer(CatalogTable table, boolean streamsGenerated) {
    this.table = table;
    this.streamsGenerated = streamsGenerated;
  }

  /**
   * The expression with its type. A literal in quotes on its own is a text.
   *
   * @throws RefusedException with the place of what is wrong, and its mend
   */
  public Typed type(Expression expression) {
    Typed typed = read(expression);
    return typed.isUnknown() && !typed.isNull() ? Coercion.to(SqlType.TEXT, typed) : typed;
  }

  Typed read(Expression expression) {
    Typed typed = compile(expression);
    if (!typed.constant() || expression instanceof Literal) {
      return typed;
    }
    Object value;
    try {
      value = typed.value();
    } catch (EvaluationException e) {
      throw new RefusedException(
          expression.at(),
          "This fails for every row: " + e.getMessage() + ".",
          "Mend or leave out what is computed from literals alone.");
    }
    return new Typed(typed.source(), typed.type(), value == null, true, Values.constant(value));
  }

  private Typed compile(Expression expression) {
    if (expression instanceof Column column) {
      return column(column);
    } else if (expression instanceof Literal literal) {
      return literal(literal);
    } else if (expression instanceof Not not) {
      Typed operand = truth(not.operand());
      return new Typed(
          not,
          SqlType.BOOL,
          operand.nullable(),
          operand.constant(),
          Logic.not(operand.computation()));
    } else if (expression instanceof Expression.And and) {
      return logic(and, and.left(), and.right(), false);
    } else if (expression instanceof Or or) {
      return logic(or, or.left(), or.right(), true);
    } else if (expression instanceof Comparison comparison) {
      return TypedComparisons.compare(
          comparison, read(comparison.left()), read(comparison.right()));
    } else if (expression instanceof In in) {
      return TypedComparisons.in(
          in, read(in.operand()), in.items().stream().map(this::read).toList());
    } else if (expression instanceof IsNull isNull) {
      Typed operand = read(isNull.operand());
      return new Typed(
          isNull,
          SqlType.BOOL,
          false,
          operand.constant(),
          Logic.isNull(operand.computation(), isNull.negated()));
    } else if (expression instanceof IsTruth is) {
      Typed operand = truth(is.operand());
      return new Typed(
          is,
          SqlType.BOOL,
          false,
          operand.constant(),
          Logic.isTruth(operand.computation(), is.truth(), is.negated()));
    } else if (expression instanceof Case it) {
      return conditional(it);
    } else if (expression instanceof Coalesce coalesce) {
      return coalesce(coalesce);
    } else if (expression instanceof NullIf nullIf) {
      return nullIf(nullIf);
    }
    return operator(expression);
  }

  private Typed operator(Expression expression) {
    if (expression instanceof Join join) {
      return join(join, read(join.left()), read(join.right()));
    } else if (expression instanceof Calculation calculation) {
      return calculation(calculation, read(calculation.left()), read(calculation.right()));
    } else if (expression instanceof Negation negation) {
      Typed operand = Coercion.integer(read(negation.operand()));
      return new Typed(
          negation,
          operand.type(),
          operand.nullable(),
          operand.constant(),
          range(operand.type()).negate(operand.computation()));
    } else if (expression instanceof Cast cast) {
      return Casts.cast(cast, read(cast.operand()));
    } else if (expression instanceof CollateC collate) {
      Typed operand = Coercion.text(read(collate.operand()));
      return new Typed(
          collate, SqlType.TEXT, operand.nullable(), operand.constant(), operand.computation());
    } else if (expression instanceof AtTimeZone zone) {
      return atTimeZone(zone, read(zone.operand()));
    } else if (expression instanceof Call call) {
      return new Calls(call, call.operands().stream().map(this::read).toList()).typed();
    }
    throw new IllegalStateException("no type of " + expression);
  }

  private Typed column(Column column) {
    int index = table.indexOf(column.name());
    if (index < 0) {
      List<String> names = table.columns().stream().map(CatalogColumn::name).toList();
      throw new RefusedException(
          column.at(),
          table + " has no column " + column.name() + ".",
          Catalog.nearest(column.name(), names)
              .map(name -> "Is it " + quotedIfNeeded(name) + "?")
              .orElse("Its columns: " + String.join(", ", names) + "."));
    }
    CatalogColumn found = table.columns().get(index);
    if (found.isGenerated() && !streamsGenerated) {
      throw new RefusedException(
          column.at(),
          "The stream does not carry " + column.name() + ": it is a generated column.",
          "Write its expression instead: " + found.generated());
    }
    return new Typed(column, found.type(), found.nullable(), false, Values.column(index));
  }

  private static String quotedIfNeeded(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name + '"';
  }

  private static Typed literal(Literal literal) {
    Object value = literal.value();
    SqlType type;
    if (value == null || value instanceof String) {
      type = SqlType.UNKNOWN;
    } else if (value instanceof Boolean) {
      type = SqlType.BOOL;
    } else if (value instanceof Long number) {
      type = IntegerRange.INTEGER.holds(number) ? SqlType.INT4 : SqlType.INT8;
    } else {
      type = SqlType.NUMERIC;
    }
    if (value instanceof String text && text.indexOf('\0') >= 0) {
      throw new RefusedException(literal.at(), "A text of Postgres has no NUL.", "Leave it out.");
    }
    return new Typed(literal, type, value == null, true, Values.constant(value));
  }

  private Typed truth(Expression expression) {
    return Coercion.truth(read(expression));
  }

  private Typed logic(Expression source, Expression left, Expression right, boolean decides) {
    Typed a = truth(left);
    Typed b = truth(right);
    if (decides(a, decides) || decides(b, decides)) {
      // Postgres leaves out the other side, with its errors
      return new Typed(source, SqlType.BOOL, false, true, Values.constant(decides));
    }
    return new Typed(
        source,
        SqlType.BOOL,
        a.nullable() || b.nullable(),
        a.constant() && b.constant(),
        decides
            ? Logic.or(a.computation(), b.computation())
            : Logic.and(a.computation(), b.computation()));
  }

  private static boolean decides(Typed typed, Boolean value) {
    return typed.constant() && value.equals(typed.value());
  }

  private Typed conditional(Case it) {
    List<Typed> results = new ArrayList<>();
    // by Postgres' rule the else decides the type before the others
    Typed otherwise =
        it.otherwise() == null
            ? new Typed(it, SqlType.UNKNOWN, true, true, Values.constant(null))
            : read(it.otherwise());
    results.add(otherwise);
    for (When when : it.whens()) {
      results.add(read(when.result()));
    }
    SqlType type = CommonType.of(results, "The results of a case");
    List<Typed> coerced = results.stream().map(result -> Coercion.to(type, result)).toList();
    return it.subject() == null ? searched(it, type, coerced) : simple(it, type, coerced);
  }

  /** Postgres leaves out, with its errors, what a constant condition decides when it plans. */
  private Typed searched(Case it, SqlType type, List<Typed> results) {
    List<Typed> conditions = new ArrayList<>();
    List<Typed> kept = new ArrayList<>();
    Typed otherwise = results.get(0);
    for (int i = 0; i < it.whens().size(); i++) {
      Typed condition = truth(it.whens().get(i).condition());
      if (!condition.constant()) {
        conditions.add(condition);
        kept.add(results.get(i + 1));
      } else if (Boolean.TRUE.equals(condition.value())) {
        otherwise = results.get(i + 1);
        break;
      }
    }
    Computation computation =
        conditions.isEmpty()
            ? otherwise.computation()
            : Logic.searched(computations(conditions), computations(kept), otherwise.computation());
    return new Typed(
        it,
        type,
        otherwise.nullable() || kept.stream().anyMatch(Typed::nullable),
        conditions.isEmpty() && otherwise.constant(),
        computation);
  }

  private Typed simple(Case it, SqlType type, List<Typed> results) {
    Typed subject = type(it.subject());
    List<Typed> values = new ArrayList<>();
    List<Equality> equalities = new ArrayList<>();
    Typed otherwise = results.get(0);
    List<Typed> kept = new ArrayList<>();
    for (int i = 0; i < it.whens().size(); i++) {
      TypedComparisons.Pair pair =
          TypedComparisons.pair(subject, read(it.whens().get(i).condition()), true);
      if (pair.right().isNull()) {
        continue; // equals nothing
      }
      boolean unpadded =
          subject.type().kind() == Kind.CHAR && pair.left().type().kind() != Kind.CHAR;
      Equality equality = new Equality(unpadded ? Values.LEFT_PADDED : pair.order());
      if (subject.constant() && pair.right().constant()) {
        if (equality.holds(subject.value(), pair.right().value())) {
          otherwise = results.get(i + 1);
          break;
        }
        continue;
      }
      values.add(pair.right());
      equalities.add(equality);
      kept.add(results.get(i + 1));
    }
    if (values.isEmpty()) {
      return new Typed(
          it, type, otherwise.nullable(), otherwise.constant(), otherwise.computation());
    }
    return new Typed(
        it,
        type,
        otherwise.nullable() || kept.stream().anyMatch(Typed::nullable),
        subject.constant() && allConstant(values) && allConstant(kept) && otherwise.constant(),
        Logic.simple(
            subject.computation(),
            computations(values),
            equalities.toArray(Equality[]::new),
            computations(kept),
            otherwise.computation()));
  }

  private Typed coalesce(Coalesce coalesce) {
    List<Typed> operands = coalesce.operands().stream().map(this::read).toList();
    SqlType type = CommonType.of(operands, "The arguments of coalesce");
    List<Typed> coerced = new ArrayList<>();
    for (Typed operand : operands) {
      Typed converted = Coercion.to(type, operand);
      if (!converted.isNull()) {
        coerced.add(converted);
      }
      if (converted.constant() && !converted.isNull()) {
        break; // what follows is never computed, neither in a row nor when Postgres plans
      }
    }
    if (coerced.isEmpty()) {
      return new Typed(coalesce, type, true, true, Values.constant(null));
    } else if (coerced.size() == 1) {
      Typed only = coerced.get(0);
      return new Typed(coalesce, type, only.nullable(), only.constant(), only.computation());
    }
    return new Typed(
        coalesce,
        type,
        coerced.stream().allMatch(Typed::nullable),
        allConstant(coerced),
        Logic.coalesce(computations(coerced)));
  }

  private Typed nullIf(NullIf nullIf) {
    Typed left = read(nullIf.left());
    Typed right = read(nullIf.right());
    TypedComparisons.Pair pair = TypedComparisons.pair(left, right, true);
    // the result has the type in which Postgres compares the left side
    SqlType type = pair.order() == Values.DECIMALS ? SqlType.NUMERIC : pair.left().type();
    if (pair.left().isNull() || pair.right().isNull()) {
      // nothing equals null: Postgres leaves the other side out when it plans
      Typed only = pair.left();
      return new Typed(nullIf, type, only.nullable(), only.constant(), only.computation());
    }
    return new Typed(
        nullIf,
        type,
        true,
        left.constant() && right.constant(),
        Logic.nullIf(
            pair.left().computation(), pair.right().computation(), new Equality(pair.order())));
  }

  private static Typed join(Join join, Typed left, Typed right) {
    boolean hasText = left.type().isText() || right.type().isText();
    boolean bothLiterals = left.isUnknown() && right.isUnknown();
    boolean hasLiteral = left.isUnknown() || right.isUnknown();
    if (!hasText && !bothLiterals && !hasLiteral) {
      throw new RefusedException(
          join.at(),
          "\"||\" joins texts, not " + left.type() + " and " + right.type() + ".",
          "Cast one of them: (x)::text || y.");
    }
    return strict(
        join,
        SqlType.TEXT,
        List.of(left, right),
        () ->
            TextFunctions.join(
                Casts.toText(left, "\"||\"").computation(),
                Casts.toText(right, "\"||\"").computation()));
  }

  private static Typed calculation(Calculation calculation, Typed left, Typed right) {
    Typed a = Coercion.integerBeside(left, right);
    Typed b = Coercion.integerBeside(right, left);
    SqlType type = a.type().kind().compareTo(b.type().kind()) >= 0 ? a.type() : b.type();
    IntegerRange range = range(type);
    return strict(
        calculation,
        type,
        List.of(a, b),
        () ->
            switch (calculation.operator()) {
              case ADD -> range.add(a.computation(), b.computation());
              case SUBTRACT -> range.subtract(a.computation(), b.computation());
              case MULTIPLY -> range.multiply(a.computation(), b.computation());
              case DIVIDE -> range.divide(a.computation(), b.computation());
              case REMAINDER -> range.remainder(a.computation(), b.computation());
            });
  }

  static IntegerRange range(SqlType type) {
    return switch (type.kind()) {
      case INT2 -> IntegerRange.SMALLINT;
      case INT4 -> IntegerRange.INTEGER;
      default -> IntegerRange.BIGINT;
    };
  }

  /** A function that is null where an argument is: a null that is written is not even computed. */
  static Typed strict(
      Expression source, SqlType type, List<Typed> operands, Supplier<Computation> computation) {
    Computation compiled = computation.get();
    if (operands.stream().anyMatch(Typed::isNull)) {
      return new Typed(source, type, true, true, Values.constant(null));
    }
    return new Typed(
        source, type, operands.stream().anyMatch(Typed::nullable), allConstant(operands), compiled);
  }

  private static Typed atTimeZone(AtTimeZone zone, Typed operand) {
    if (operand.type().kind() == Kind.TIMESTAMPTZ) {
      throw new RefusedException(
          zone.at(),
          "This time has a zone already: \"at time zone\" would take it away.",
          "Leave \"at time zone\" out.");
    }
    if (operand.type().kind() != Kind.TIMESTAMP) {
      throw new RefusedException(
          zone.at(),
          "\"at time zone\" is for a timestamp without a zone, not for " + operand.type() + ".",
          operand.type().isText() || operand.isUnknown()
              ? "Write streams_model.instant(x), which reads ISO-8601 with a zone."
              : "Map a timestamp.");
    }
    boolean isKnown =
        zone.zone().equals("UTC")
            || (zone.zone().contains("/")
                && ZoneRulesProvider.getAvailableZoneIds().contains(zone.zone())
                && !zone.zone().startsWith("SystemV/"));
    if (!isKnown) {
      throw new RefusedException(
          zone.at(), "The zone '" + zone.zone() + "' is refused.", TIME_ZONE_ADVICE);
    }
    return new Typed(
        zone,
        SqlType.TIMESTAMPTZ,
        operand.nullable(),
        operand.constant(),
        Times.inZone(operand.computation(), ZoneId.of(zone.zone())));
  }

  static boolean allConstant(List<Typed> operands) {
    return operands.stream().allMatch(Typed::constant);
  }

  static Computation[] computations(List<Typed> operands) {
    return operands.stream().map(Typed::computation).toArray(Computation[]::new);
  }
}
