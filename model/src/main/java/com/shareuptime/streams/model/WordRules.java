package com.shareuptime.streams.model;

import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Case;
import com.shareuptime.streams.model.expression.Expression.Coalesce;
import com.shareuptime.streams.model.expression.Expression.Literal;
import com.shareuptime.streams.model.expression.Expression.When;
import com.shareuptime.streams.model.expression.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Literals that may become a visibility, a status or the type of a target must be ones. */
final class WordRules {
  static final Set<String> VISIBILITIES = Set.of("public", "unlisted", "followers", "private");

  private final Problems problems;

  WordRules(Problems problems) {
    this.problems = problems;
  }

  void requireKnown(EntityKind kind, Map<String, Expression> expressions) {
    Expression visibility = expressions.get("visibility");
    if (visibility != null) {
      eachLiteral(
          visibility,
          literal -> {
            if (!VISIBILITIES.contains(String.valueOf(literal.value()))
                && literal.value() != null) {
              problems.add(
                  literal.at(),
                  "'" + literal.value() + "' is no visibility.",
                  "Write 'public', 'unlisted', 'followers' or 'private'.");
            }
          });
    }
    Expression status = expressions.get("status");
    if (kind == EntityKind.FOLLOWS && status != null) {
      eachLiteral(
          status,
          literal -> {
            if (literal.value() != null && !(literal.value() instanceof String)) {
              problems.add(literal.at(), "A status is a text.", "Write 'accepted' or 'pending'.");
            }
          });
    }
  }

  /** Visits literals that may be the value of an expression. */
  private static void eachLiteral(Expression expression, Consumer<Literal> visitor) {
    if (expression instanceof Literal literal) {
      visitor.accept(literal);
    } else if (expression instanceof Case it) {
      for (When when : it.whens()) {
        eachLiteral(when.result(), visitor);
      }
      if (it.otherwise() != null) {
        eachLiteral(it.otherwise(), visitor);
      }
    } else if (expression instanceof Coalesce coalesce) {
      coalesce.operands().forEach(operand -> eachLiteral(operand, visitor));
    }
  }

  void requireKnownTargets(Entity counter, List<Entity> entities) {
    Set<String> targets = new HashSet<>();
    entities.stream().filter(Entity::isTarget).forEach(entity -> targets.add(entity.singular()));
    for (Branch branch : counter.branches()) {
      Expression type = branch.columns().get("target_type");
      if (type == null) {
        continue;
      }
      eachLiteral(
          type,
          literal -> {
            if (literal.value() != null && !targets.contains(String.valueOf(literal.value()))) {
              problems.add(
                  literal.at(),
                  "No entity of the model is called '" + literal.value() + "'.",
                  "Targets of this model: "
                      + String.join(", ", targets.stream().sorted().toList())
                      + ". A counter whose view has an id is one too.");
            }
          });
    }
  }
}
