package com.shareuptime.streams.model.typing;

import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Case;
import com.shareuptime.streams.model.expression.Expression.Cast;
import com.shareuptime.streams.model.expression.Expression.Coalesce;
import com.shareuptime.streams.model.expression.Expression.CollateC;
import com.shareuptime.streams.model.expression.Expression.Column;
import com.shareuptime.streams.model.expression.Expression.Comparison;
import com.shareuptime.streams.model.expression.Expression.In;
import com.shareuptime.streams.model.expression.Expression.IsNull;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Expression.NullIf;
import com.shareuptime.streams.model.expression.Expression.When;
import com.shareuptime.streams.model.expression.RefusedException;
import com.shareuptime.streams.model.expression.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * An update that leaves a large value alone does not carry it. Two things are known of such a
 * value: it is not null, and it is no literal of up to 20 bytes. What needs more is refused, unless
 * the table's replica identity is full.
 */
public final class LargeValues {
  private static final int SHORT = 20;

  private final CatalogTable table;

  public LargeValues(CatalogTable table) {
    this.table = table;
  }

  /**
   * A column that readers show: if it is not known after an update, it has not changed, as long as
   * it is made of nothing else that may have.
   */
  public void requireUnchanged(Expression expression) {
    if (table.isIdentityFull()) {
      return;
    }
    Column large = firstNeeded(expression, true);
    if (large != null && columns(expression).size() > 1) {
      throw refused(
          large,
          "is computed together with other columns: when one of those changes, it is not known",
          "Map it alone");
    }
  }

  /**
   * A column of a few words or an id: the large column itself may be the result, as no valid one is
   * large, but nothing may be computed from it.
   */
  public void requireKnown(Expression expression) {
    Column large = table.isIdentityFull() ? null : firstNeeded(expression, false);
    if (large != null) {
      throw refused(
          large,
          "is part of what decides: an update that leaves it alone may not carry it",
          "Compare it with null or literals of up to 20 bytes only");
    }
  }

  /** A condition: it must be known after every update. */
  public void requireDecided(Expression expression) {
    Column large = table.isIdentityFull() ? null : firstNeeded(expression, true);
    if (large != null) {
      throw refused(
          large,
          "is part of what decides: an update that leaves it alone may not carry it",
          "Compare it with null or literals of up to 20 bytes only");
    }
  }

  private RefusedException refused(Column column, String why, String advice) {
    return new RefusedException(
        column.at(),
        "%s may be large, and %s.".formatted(column.name(), why),
        "%s; or run: alter table %s replica identity full; (each update and delete then writes the whole old row to the log)."
            .formatted(advice, quoted()));
  }

  private String quoted() {
    return SqlText.identifier(table.schema()) + "." + SqlText.identifier(table.name());
  }

  private static Set<String> columns(Expression expression) {
    Set<String> names = new HashSet<>();
    expression.walk(
        inner -> {
          if (inner instanceof Column column) {
            names.add(column.name());
          }
        });
    return names;
  }

  private boolean isLarge(Expression expression) {
    if (!(expression instanceof Column column)) {
      return false;
    }
    int index = table.indexOf(column.name());
    return index >= 0
        && table.columns().get(index).type().mayBeLarge()
        && !table.primaryKey().contains(column.name());
  }

  /**
   * The first large column whose value is needed.
   *
   * @param result whether it is needed where it would be the result as it is
   */
  private Column firstNeeded(Expression expression, boolean result) {
    if (expression instanceof Column column) {
      return result && isLarge(column) ? column : null;
    } else if (expression instanceof IsNull isNull) {
      return firstNeeded(isNull.operand(), false);
    } else if (expression instanceof Comparison comparison && comparison.operator().isEquality()) {
      return compared(comparison.left(), comparison.right());
    } else if (expression instanceof In in) {
      return firstNeeded(in.operand(), !in.items().stream().allMatch(LargeValues::isShort));
    } else if (expression instanceof NullIf nullIf) {
      Column needed = compared(nullIf.left(), nullIf.right());
      return needed != null ? needed : firstNeeded(nullIf.left(), result);
    } else if (expression instanceof Coalesce coalesce) {
      return first(coalesce.operands(), result);
    } else if (expression instanceof Case it) {
      return conditional(it, result);
    } else if (expression instanceof Cast || expression instanceof CollateC) {
      return firstNeeded(expression.operands().get(0), result);
    }
    return first(expression.operands(), true);
  }

  private Column first(Iterable<Expression> expressions, boolean result) {
    for (Expression expression : expressions) {
      Column needed = firstNeeded(expression, result);
      if (needed != null) {
        return needed;
      }
    }
    return null;
  }

  private Column conditional(Case it, boolean result) {
    for (When when : it.whens()) {
      Column needed =
          it.subject() == null
              ? firstNeeded(when.condition(), true)
              : compared(it.subject(), when.condition());
      if (needed == null) {
        needed = firstNeeded(when.result(), result);
      }
      if (needed != null) {
        return needed;
      }
    }
    return it.otherwise() == null ? null : firstNeeded(it.otherwise(), result);
  }

  private Column compared(Expression left, Expression right) {
    Column needed = firstNeeded(left, !isShort(right));
    return needed != null ? needed : firstNeeded(right, !isShort(left));
  }

  private static boolean isShort(Expression expression) {
    return expression instanceof Literal literal
        && (!(literal.value() instanceof String text)
            || text.getBytes(StandardCharsets.UTF_8).length <= SHORT);
  }
}
