package com.shareuptime.streams.model.expression;

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
import com.shareuptime.streams.model.expression.Expression.When;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of an expression, with every name quoted and parentheses around all that has an operator:
 * Postgres can understand it in one way only, the one in which it was read.
 */
public final class SqlText {
  private SqlText() {}

  public static String of(Expression expression) {
    if (expression instanceof Column column) {
      return identifier(column.name());
    } else if (expression instanceof Literal literal) {
      return literal(literal.value());
    } else if (expression instanceof Not not) {
      return "(not " + of(not.operand()) + ")";
    } else if (expression instanceof Expression.And and) {
      return infix(and.left(), "and", and.right());
    } else if (expression instanceof Expression.Or or) {
      return infix(or.left(), "or", or.right());
    } else if (expression instanceof Comparison comparison) {
      return infix(comparison.left(), comparison.operator().sql(), comparison.right());
    } else if (expression instanceof In in) {
      return "("
          + of(in.operand())
          + (in.negated() ? " not in (" : " in (")
          + list(in.items())
          + "))";
    } else if (expression instanceof IsNull isNull) {
      return "(" + of(isNull.operand()) + (isNull.negated() ? " is not null)" : " is null)");
    } else if (expression instanceof IsTruth is) {
      return "(" + of(is.operand()) + (is.negated() ? " is not " : " is ") + is.truth() + ")";
    } else if (expression instanceof Join join) {
      return infix(join.left(), "||", join.right());
    } else if (expression instanceof Calculation calculation) {
      return infix(calculation.left(), calculation.operator().sql(), calculation.right());
    } else if (expression instanceof Negation negation) {
      return "(- " + of(negation.operand()) + ")";
    } else {
      return called(expression);
    }
  }

  private static String called(Expression expression) {
    if (expression instanceof Case it) {
      return conditional(it);
    } else if (expression instanceof Coalesce coalesce) {
      return "coalesce(" + list(coalesce.operands()) + ")";
    } else if (expression instanceof NullIf nullIf) {
      return "nullif(" + of(nullIf.left()) + ", " + of(nullIf.right()) + ")";
    } else if (expression instanceof Cast cast) {
      return "(" + of(cast.operand()) + ")::" + cast.target().sql();
    } else if (expression instanceof CollateC collate) {
      return "(" + of(collate.operand()) + " collate \"C\")";
    } else if (expression instanceof AtTimeZone at) {
      return "(" + of(at.operand()) + " at time zone " + literal(at.zone()) + ")";
    } else if (expression instanceof Call call) {
      return call.function().sql() + "(" + list(call.operands()) + ")";
    }
    throw new IllegalStateException("no SQL of " + expression);
  }

  private static String conditional(Case it) {
    StringBuilder sql = new StringBuilder("case");
    if (it.subject() != null) {
      sql.append(' ').append(of(it.subject()));
    }
    for (When when : it.whens()) {
      sql.append(" when ").append(of(when.condition()));
      sql.append(" then ").append(of(when.result()));
    }
    if (it.otherwise() != null) {
      sql.append(" else ").append(of(it.otherwise()));
    }
    return sql.append(" end").toString();
  }

  private static String infix(Expression left, String operator, Expression right) {
    return "(" + of(left) + " " + operator + " " + of(right) + ")";
  }

  private static String list(List<? extends Expression> expressions) {
    return expressions.stream().map(SqlText::of).collect(Collectors.joining(", "));
  }

  /** A name as it is, whatever it is: {@code "User"}. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A literal; negative numbers have parentheses, as {@code - 1::text} is no cast of −1. */
  public static String literal(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof String text) {
      String doubled = text.replace("'", "''");
      return text.indexOf('\\') < 0
          ? "'" + doubled + "'"
          : " E'" + doubled.replace("\\", "\\\\") + "'"; // whatever standard_conforming_strings is
    } else if (value instanceof Boolean) {
      return value.toString();
    }
    String number =
        value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    return number.startsWith("-") ? "(" + number + ")" : number;
  }
}
