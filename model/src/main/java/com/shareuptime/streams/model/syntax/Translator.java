package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Builtin;
import com.shareuptime.streams.model.expression.Expression.And;
import com.shareuptime.streams.model.expression.Expression.Arithmetic;
import com.shareuptime.streams.model.expression.Expression.AtTimeZone;
import com.shareuptime.streams.model.expression.Expression.Calculation;
import com.shareuptime.streams.model.expression.Expression.Call;
import com.shareuptime.streams.model.expression.Expression.Case;
import com.shareuptime.streams.model.expression.Expression.Cast;
import com.shareuptime.streams.model.expression.Expression.CollateC;
import com.shareuptime.streams.model.expression.Expression.Comparator;
import com.shareuptime.streams.model.expression.Expression.Comparison;
import com.shareuptime.streams.model.expression.Expression.In;
import com.shareuptime.streams.model.expression.Expression.IsNull;
import com.shareuptime.streams.model.expression.Expression.IsTruth;
import com.shareuptime.streams.model.expression.Expression.Join;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Expression.Negation;
import com.shareuptime.streams.model.expression.Expression.Not;
import com.shareuptime.streams.model.expression.Expression.Or;
import com.shareuptime.streams.model.expression.Expression.When;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.NotExpression;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.TimeKeyExpression;
import net.sf.jsqlparser.expression.TimezoneExpression;
import net.sf.jsqlparser.expression.TrimFunction;
import net.sf.jsqlparser.expression.WhenClause;
import net.sf.jsqlparser.expression.operators.arithmetic.Addition;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.arithmetic.Division;
import net.sf.jsqlparser.expression.operators.arithmetic.Modulo;
import net.sf.jsqlparser.expression.operators.arithmetic.Multiplication;
import net.sf.jsqlparser.expression.operators.arithmetic.Subtraction;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.conditional.OrExpression;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ExpressionList;
import net.sf.jsqlparser.expression.operators.relational.GreaterThan;
import net.sf.jsqlparser.expression.operators.relational.GreaterThanEquals;
import net.sf.jsqlparser.expression.operators.relational.IsBooleanExpression;
import net.sf.jsqlparser.expression.operators.relational.IsNullExpression;
import net.sf.jsqlparser.expression.operators.relational.MinorThan;
import net.sf.jsqlparser.expression.operators.relational.MinorThanEquals;
import net.sf.jsqlparser.expression.operators.relational.NotEqualsTo;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.schema.Column;

/**
 * Turns JSqlParser's tree into ours. Where its operands are not those that Postgres would give the
 * operator, by its precedence, the expression is refused with the advice to add parentheses.
 */
final class Translator {
  private static final String PARENTHESES = "Put parentheses around the part that is meant first.";

  /** What was read, and how tightly its outermost operator binds. */
  private record Read(com.shareuptime.streams.model.expression.Expression value, Binding binding) {}

  private final Units units;
  private final FlatParser parser;
  private final IntFunction<Position> tokenPosition;
  private final List<String> tableNames;

  Translator(
      Units units,
      FlatParser parser,
      IntFunction<Position> tokenPosition,
      List<String> tableNames) {
    this.units = units;
    this.parser = parser;
    this.tokenPosition = tokenPosition;
    this.tableNames = tableNames;
  }

  /** A name as Postgres knows it. */
  static String name(String written) {
    return written.startsWith("\"")
        ? written.substring(1, written.length() - 1).replace("\"\"", "\"")
        : written.toLowerCase(Locale.ROOT);
  }

  com.shareuptime.streams.model.expression.Expression expression(
      Expression parsed, Position around) {
    return read(parsed, around).value();
  }

  private Read read(Expression parsed, Position around) {
    Position at = SelectReader.position(parsed, around);
    if (parsed instanceof Column column) {
      return column(column, at);
    } else if (parsed instanceof ParenthesedExpressionList<?> list) {
      if (list.size() != 1) {
        throw new RefusedException(at, "A list of values stands here.", "Write one value.");
      }
      return atom(read(list.get(0), at).value());
    } else if (parsed instanceof AndExpression and && !and.isUseOperator()) {
      return left(and, Binding.AND, at, And::new);
    } else if (parsed instanceof OrExpression or) {
      return left(or, Binding.OR, at, Or::new);
    } else if (parsed instanceof NotExpression not && !not.isExclamationMark()) {
      return new Read(new Not(at, operand(not.getExpression(), Binding.NOT, at)), Binding.NOT);
    } else if (parsed instanceof RegExpMatchOperator match) {
      return in(match, at);
    } else if (parsed instanceof ComparisonOperator comparison) {
      return comparison(comparison, at);
    } else if (parsed instanceof BinaryExpression binary) {
      return binary(binary, at);
    } else if (parsed instanceof SignedExpression signed) {
      return signed(signed, at);
    } else if (parsed instanceof CastExpression cast) {
      return cast(cast, at);
    } else if (parsed instanceof IsNullExpression is && !is.isUseIsNull() && !is.isUseNotNull()) {
      var operand = tighter(is.getLeftExpression(), Binding.IS, at);
      return new Read(new IsNull(operand.at(), operand, is.isNot()), Binding.IS);
    } else if (parsed instanceof IsBooleanExpression is) {
      var operand = tighter(is.getLeftExpression(), Binding.IS, at);
      return new Read(new IsTruth(operand.at(), operand, is.isTrue(), is.isNot()), Binding.IS);
    } else if (parsed instanceof TimezoneExpression zone) {
      return zone(zone, at);
    } else if (parsed instanceof CaseExpression it) {
      return conditional(it, at);
    } else if (parsed instanceof TrimFunction trim) {
      return trim(trim, at);
    } else if (parsed instanceof Function function) {
      return function(function, at);
    }
    return literal(parsed, at);
  }

  private static Read atom(com.shareuptime.streams.model.expression.Expression value) {
    return new Read(value, Binding.ATOM);
  }

  private com.shareuptime.streams.model.expression.Expression operand(
      Expression parsed, Binding atLeast, Position at) {
    Read read = read(parsed, at);
    if (!read.binding().isAtLeast(atLeast)) {
      throw new RefusedException(
          read.value().at(), "Postgres reads this in another order than it seems.", PARENTHESES);
    }
    return read.value();
  }

  private com.shareuptime.streams.model.expression.Expression tighter(
      Expression parsed, Binding than, Position at) {
    return operand(parsed, Binding.values()[than.ordinal() + 1], at);
  }

  private interface TwoOperands {
    com.shareuptime.streams.model.expression.Expression of(
        Position at,
        com.shareuptime.streams.model.expression.Expression left,
        com.shareuptime.streams.model.expression.Expression right);
  }

  private Read left(BinaryExpression parsed, Binding binding, Position at, TwoOperands make) {
    var left = operand(parsed.getLeftExpression(), binding, at);
    var right = tighter(parsed.getRightExpression(), binding, at);
    return new Read(make.of(left.at(), left, right), binding);
  }

  private Read comparison(ComparisonOperator parsed, Position at) {
    Comparator operator =
        switch (parsed.getStringExpression()) {
          case "=" -> Comparator.EQUAL;
          case "<>", "!=" -> Comparator.NOT_EQUAL;
          case "<" -> Comparator.LESS;
          case "<=" -> Comparator.LESS_OR_EQUAL;
          case ">" -> Comparator.GREATER;
          case ">=" -> Comparator.GREATER_OR_EQUAL;
          default -> throw unknown(parsed, at);
        };
    boolean isKnown =
        parsed instanceof EqualsTo
            || parsed instanceof NotEqualsTo
            || parsed instanceof MinorThan
            || parsed instanceof MinorThanEquals
            || parsed instanceof GreaterThan
            || parsed instanceof GreaterThanEquals;
    if (!isKnown || parsed.getOldOracleJoinSyntax() != 0 || parsed.getOraclePriorPosition() != 0) {
      throw unknown(parsed, at);
    }
    var left = tighter(parsed.getLeftExpression(), Binding.COMPARISON, at);
    var right = tighter(parsed.getRightExpression(), Binding.COMPARISON, at);
    return new Read(new Comparison(left.at(), operator, left, right), Binding.COMPARISON);
  }

  private Read binary(BinaryExpression parsed, Position at) {
    if (parsed instanceof Concat) {
      return left(parsed, Binding.JOIN, at, Join::new);
    } else if (parsed instanceof Addition) {
      return calculation(parsed, Arithmetic.ADD, Binding.SUM, at);
    } else if (parsed instanceof Subtraction) {
      return calculation(parsed, Arithmetic.SUBTRACT, Binding.SUM, at);
    } else if (parsed instanceof Multiplication) {
      return calculation(parsed, Arithmetic.MULTIPLY, Binding.PRODUCT, at);
    } else if (parsed instanceof Division) {
      return calculation(parsed, Arithmetic.DIVIDE, Binding.PRODUCT, at);
    } else if (parsed instanceof Modulo) {
      return calculation(parsed, Arithmetic.REMAINDER, Binding.PRODUCT, at);
    }
    throw unknown(parsed, at);
  }

  private Read calculation(
      BinaryExpression parsed, Arithmetic operator, Binding binding, Position at) {
    return left(
        parsed, binding, at, (where, left, right) -> new Calculation(where, operator, left, right));
  }

  private Read signed(SignedExpression parsed, Position at) {
    char sign = parsed.getSign();
    if (sign != '-' && sign != '+') {
      throw unknown(parsed, at);
    }
    if (parsed.getExpression() instanceof LongValue
        || parsed.getExpression() instanceof DoubleValue) {
      Literal number = Numbers.literal(parsed.getExpression().toString(), sign == '-', at);
      return new Read(number, Binding.SIGN);
    }
    var operand = operand(parsed.getExpression(), Binding.SIGN, at);
    if (sign == '+') {
      throw new RefusedException(at, "A plus sign before a value does nothing.", "Leave it out.");
    }
    return new Read(new Negation(at, operand), Binding.SIGN);
  }

  private Read cast(CastExpression parsed, Position at) {
    String type = parsed.getColDataType() == null ? "" : parsed.getColDataType().toString();
    if (parsed.isImplicitCast()) {
      throw new RefusedException(
          at,
          "A literal with its type before it is refused.",
          "Compare with a plain literal: created_at >= '2020-01-01 00:00:00'.");
    }
    boolean isCall = parsed.isUseCastKeyword();
    if (isCall && !"cast".equalsIgnoreCase(parsed.keyword)) {
      throw unknown(parsed, at);
    }
    var operand =
        isCall
            ? read(parsed.getLeftExpression(), at).value()
            : operand(
                parsed.getLeftExpression(),
                type.equals("\"C\"") ? Binding.COLLATE : Binding.CAST,
                at);
    if (type.equals("\"C\"")) {
      return new Read(new CollateC(at, operand), Binding.COLLATE);
    }
    return new Read(
        new Cast(operand.at(), operand, CastTypes.target(type, at)),
        isCall ? Binding.ATOM : Binding.CAST);
  }

  private Read in(RegExpMatchOperator parsed, Position at) {
    Units.Range list =
        parsed.getRightExpression() instanceof Column column
            ? units.named(column.getFullyQualifiedName())
            : null;
    if (list == null || !units.isListOfIn(list)) {
      throw unknown(parsed, at);
    }
    Position start = tokenPosition.apply(list.from());
    Expression items = parser.expression(units.unit(list), start);
    if (!(items instanceof ParenthesedExpressionList<?> values)) {
      throw unknown(items, start);
    }
    List<Literal> literals = new ArrayList<>();
    for (Object item : values) {
      if (!(read((Expression) item, start).value() instanceof Literal literal)) {
        throw new RefusedException(
            SelectReader.position(item, start),
            "A list of \"in\" holds literals only.",
            "Write x = a or x = b.");
      }
      literals.add(literal);
    }
    boolean negated = parsed.getStringExpression().equals("!~");
    var operand = tighter(parsed.getLeftExpression(), Binding.IN, at);
    return new Read(new In(operand.at(), operand, literals, negated), Binding.IN);
  }

  private Read zone(TimezoneExpression parsed, Position at) {
    var operand = operand(parsed.getLeftExpression(), Binding.ZONE, at);
    for (Expression zone : parsed.getTimezoneExpressions()) {
      if (!(zone instanceof StringValue name) || name.getPrefix() != null) {
        throw new RefusedException(
            SelectReader.position(zone, at),
            "The zone is no literal.",
            "Write at time zone 'UTC'.");
      }
      operand = new AtTimeZone(operand.at(), operand, name.getNotExcapedValue());
    }
    return new Read(operand, Binding.ZONE);
  }

  private Read conditional(CaseExpression parsed, Position at) {
    var subject =
        parsed.getSwitchExpression() == null
            ? null
            : read(parsed.getSwitchExpression(), at).value();
    List<When> whens = new ArrayList<>();
    for (WhenClause when : parsed.getWhenClauses()) {
      whens.add(
          new When(
              read(when.getWhenExpression(), at).value(),
              read(when.getThenExpression(), at).value()));
    }
    var otherwise =
        parsed.getElseExpression() == null ? null : read(parsed.getElseExpression(), at).value();
    return atom(new Case(at, subject, whens, otherwise));
  }

  private Read trim(TrimFunction parsed, Position at) {
    Builtin side = Builtin.TRIM;
    if (parsed.getTrimSpecification() != null) {
      side =
          switch (parsed.getTrimSpecification()) {
            case LEADING -> Builtin.TRIM_LEADING;
            case TRAILING -> Builtin.TRIM_TRAILING;
            case BOTH -> Builtin.TRIM;
          };
    }
    if (parsed.getExpression() == null && parsed.getFromExpression() != null) {
      return atom(new Call(at, side, List.of(read(parsed.getFromExpression(), at).value())));
    } else if (parsed.getExpression() == null) {
      throw new RefusedException(
          at, "trim has nothing to trim.", "Write trim(x) or trim(both 'y' from x).");
    }
    var first = read(parsed.getExpression(), at).value();
    if (parsed.getFromExpression() == null) {
      return atom(new Call(at, side, List.of(first)));
    }
    var second = read(parsed.getFromExpression(), at).value();
    if (!parsed.isUsingFromKeyword()) {
      throw new RefusedException(
          at, "trim with a comma is refused.", "Write trim(both 'characters' from x).");
    }
    return atom(new Call(at, side, List.of(second, first)));
  }

  private Read function(Function parsed, Position at) {
    String name = parsed.getName().toLowerCase(Locale.ROOT).replace("\"", "");
    String bare = name.startsWith("pg_catalog.") ? name.substring("pg_catalog.".length()) : name;
    FunctionCalls.requireOfOneRow(bare, at);
    if (parsed.isDistinct()
        || parsed.isAllColumns()
        || parsed.getKeep() != null
        || parsed.getNamedParameters() != null
        || parsed.getOrderByElements() != null
        || parsed.getNullHandling() != null
        || parsed.getAttribute() != null
        || parsed.getHavingClause() != null
        || parsed.getLimit() != null
        || parsed.getExtraKeyword() != null
        || parsed.isEscaped()) {
      throw new RefusedException(
          at,
          "This call of " + bare + " has a form that a model does not have.",
          Advice.insteadOfFunction(bare));
    }
    List<com.shareuptime.streams.model.expression.Expression> arguments = new ArrayList<>();
    if (parsed.getParameters() != null) {
      for (Object argument : (ExpressionList<?>) parsed.getParameters()) {
        arguments.add(read((Expression) argument, at).value());
      }
    }
    return atom(FunctionCalls.call(bare, arguments, at));
  }

  private Read column(Column parsed, Position at) {
    Units.Range unit = units.named(parsed.getFullyQualifiedName());
    if (unit != null) {
      Position start = tokenPosition.apply(unit.from());
      return atom(read(parser.expression(units.unit(unit), start), start).value());
    }
    String name = name(parsed.getColumnName());
    if (parsed.getArrayConstructor() != null) {
      throw new RefusedException(
          at, "An element of an array is refused.", "Keep the element in a column of its own.");
    }
    if (!parsed.getColumnName().startsWith("\"") && Advice.CLOCKS.contains(name)) {
      throw FunctionCalls.clock(name, at);
    }
    if (parsed.getTable() != null && parsed.getTable().getName() != null) {
      String table = name(parsed.getTable().getName());
      if (!tableNames.contains(table)) {
        throw new RefusedException(
            at,
            "This select has no table " + table + ".",
            "Write the column without it, or with " + tableNames.get(0) + ".");
      }
    }
    return atom(new com.shareuptime.streams.model.expression.Expression.Column(at, name));
  }

  private Read literal(Expression parsed, Position at) {
    if (parsed instanceof StringValue text) {
      if (text.getPrefix() != null) {
        throw new RefusedException(
            at,
            "A literal with a letter before it is refused.",
            "Write a plain literal: 'text', with '' for a quote in it.");
      }
      return atom(new Literal(at, text.getValue().replace("''", "'")));
    } else if (parsed instanceof LongValue || parsed instanceof DoubleValue) {
      return atom(Numbers.literal(parsed.toString(), false, at));
    } else if (parsed instanceof BooleanValue truth) {
      return atom(new Literal(at, truth.getValue()));
    } else if (parsed instanceof NullValue) {
      return atom(new Literal(at, null));
    } else if (parsed instanceof TimeKeyExpression time) {
      throw FunctionCalls.clock(time.getStringValue(), at);
    }
    throw unknown(parsed, at);
  }

  private static RefusedException unknown(Expression parsed, Position at) {
    String form = parsed.getClass().getSimpleName();
    return new RefusedException(
        at,
        "A model has no expression like " + Advice.nameOfForm(form) + ".",
        Advice.insteadOfForm(form));
  }
}
