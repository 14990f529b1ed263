package com.shareuptime.streams.model.expression;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What computes one value of a row: immutable, with the place where it stands in the file. What is
 * not one of these is refused where the file is read.
 */
public sealed interface Expression {
  /** Where it begins, or where its operator stands if the parser knows no better. */
  Position at();

  /** The expressions that it is made of, in the order in which Postgres evaluates them. */
  List<Expression> operands();

  /** Visits this and everything in it, outer ones first. */
  default void walk(Consumer<Expression> visitor) {
    visitor.accept(this);
    for (Expression operand : operands()) {
      operand.walk(visitor);
    }
  }

  /** Names of the columns that it is made of. */
  default Set<String> columns() {
    Set<String> names = new HashSet<>();
    walk(
        inner -> {
          if (inner instanceof Column column) {
            names.add(column.name());
          }
        });
    return names;
  }

  /** A column of the branch's table, by the name that Postgres knows. */
  record Column(Position at, String name) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  /** {@code null}, or a Boolean, a String, a Long, or a BigDecimal for what no bigint holds. */
  record Literal(Position at, Object value) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  record Not(Position at, Expression operand) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  record And(Position at, Expression left, Expression right) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  record Or(Position at, Expression left, Expression right) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** How two values are compared. */
  enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sql;

    Comparator(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }

    /** Whether it asks for equality alone, which needs no order of the type. */
    public boolean isEquality() {
      return this == EQUAL || this == NOT_EQUAL;
    }
  }

  record Comparison(Position at, Comparator operator, Expression left, Expression right)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  record In(Position at, Expression operand, List<Literal> items, boolean negated)
      implements Expression {
    public In {
      items = List.copyOf(items);
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  record IsNull(Position at, Expression operand, boolean negated) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** {@code is true}, {@code is not false}, …: never null. */
  record IsTruth(Position at, Expression operand, boolean truth, boolean negated)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** {@code when … then …}. */
  record When(Expression condition, Expression result) {}

  /**
   * Both forms of {@code case}.
   *
   * @param subject null where each condition is a boolean of its own
   * @param otherwise null without {@code else}
   */
  record Case(Position at, Expression subject, List<When> whens, Expression otherwise)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }

    @Override
    public List<Expression> operands() {
      ArrayList<Expression> all = new ArrayList<>();
      if (subject != null) {
        all.add(subject);
      }
      for (When when : whens) {
        all.add(when.condition());
        all.add(when.result());
      }
      if (otherwise != null) {
        all.add(otherwise);
      }
      return List.copyOf(all);
    }
  }

  record Coalesce(Position at, List<Expression> operands) implements Expression {
    public Coalesce {
      operands = List.copyOf(operands);
    }
  }

  record NullIf(Position at, Expression left, Expression right) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** {@code ||} of texts. */
  record Join(Position at, Expression left, Expression right) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** What is done with two integers. */
  enum Arithmetic {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    REMAINDER("%");

    private final String sql;

    Arithmetic(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  record Calculation(Position at, Arithmetic operator, Expression left, Expression right)
      implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** A minus sign before something other than a literal. */
  record Negation(Position at, Expression operand) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** What a value may be cast to. */
  enum CastTarget {
    TEXT("text"),
    BIGINT("bigint"),
    BOOLEAN("boolean");

    private final String sql;

    CastTarget(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }
  }

  record Cast(Position at, Expression operand, CastTarget target) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** {@code collate "C"}: without it, letters would change by the rules of a locale. */
  record CollateC(Position at, Expression operand) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** {@code at time zone '…'}, of a zone by its name. */
  record AtTimeZone(Position at, Expression operand, String zone) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  record Call(Position at, Builtin function, List<Expression> operands) implements Expression {
    public Call {
      operands = List.copyOf(operands);
    }
  }
}
