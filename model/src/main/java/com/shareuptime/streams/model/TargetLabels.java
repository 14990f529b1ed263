package com.shareuptime.streams.model;

import com.shareuptime.streams.model.catalog.CatalogColumn;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.And;
import com.shareuptime.streams.model.expression.Expression.Case;
import com.shareuptime.streams.model.expression.Expression.Cast;
import com.shareuptime.streams.model.expression.Expression.Coalesce;
import com.shareuptime.streams.model.expression.Expression.Column;
import com.shareuptime.streams.model.expression.Expression.In;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Expression.When;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which values {@code target_type} may have, as far as a select and its table say: literals, an
 * enum, a check of the column, or a list in {@code where}.
 */
final class TargetLabels {
  private final CatalogTable table;
  private final Expression where;
  private final Set<String> labels = new HashSet<>();

  private TargetLabels(CatalogTable table, Expression where) {
    this.table = table;
    this.where = where;
  }

  /** Empty if it may be any text. */
  static Optional<Set<String>> of(Branch branch, CatalogTable table) {
    TargetLabels found = new TargetLabels(table, branch.where());
    Expression type = branch.columns().get("target_type");
    return found.isKnown(type) ? Optional.of(found.labels) : Optional.empty();
  }

  private boolean isKnown(Expression expression) {
    if (expression instanceof Literal literal) {
      return literal.value() == null || add(List.of(literal.value().toString()));
    } else if (expression instanceof Case it) {
      return it.whens().stream().map(When::result).allMatch(this::isKnown)
          && (it.otherwise() == null || isKnown(it.otherwise()));
    } else if (expression instanceof Coalesce coalesce) {
      return coalesce.operands().stream().allMatch(this::isKnown);
    } else if (expression instanceof Cast cast) {
      return isKnown(cast.operand());
    }
    return expression instanceof Column column && isKnown(column.name());
  }

  private boolean isKnown(String column) {
    if (isListed(where, column)) {
      return true;
    }
    CatalogColumn found = table.columns().get(table.indexOf(column));
    List<String> all = found.values().isEmpty() ? found.type().labels() : found.values();
    return !all.isEmpty() && add(all);
  }

  private boolean isListed(Expression condition, String column) {
    if (condition instanceof And and) {
      return isListed(and.left(), column) || isListed(and.right(), column);
    }
    return condition instanceof In in
        && !in.negated()
        && in.operand() instanceof Column listed
        && listed.name().equals(column)
        && add(in.items().stream().map(item -> String.valueOf(item.value())).toList());
  }

  private boolean add(List<String> all) {
    labels.addAll(all);
    return true;
  }
}
