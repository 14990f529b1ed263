package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Builtin;
import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Expression.Call;
import com.shareuptime.streams.model.expression.Expression.Coalesce;
import com.shareuptime.streams.model.expression.Expression.NullIf;
import com.shareuptime.streams.model.expression.Position;
import com.shareuptime.streams.model.expression.RefusedException;
import java.util.List;

/** The functions that a model has, by their names. */
final class FunctionCalls {
  private FunctionCalls() {}

  /** Refuses what takes more than a row: aggregates, and the clock. */
  static void requireOfOneRow(String bare, Position at) {
    if (Advice.AGGREGATES.contains(bare)) {
      throw new RefusedException(
          at,
          "Aggregates are refused: a row's part in the model is known from the row alone.",
          "Counts are made of rows by the jobs: map each row of the other table in a view.");
    }
    if (Advice.CLOCKS.contains(bare)) {
      throw clock(bare + "()", at);
    }
  }

  static Expression call(String name, List<Expression> arguments, Position at) {
    if (name.equals("coalesce") && !arguments.isEmpty()) {
      return new Coalesce(at, arguments);
    } else if (name.equals("nullif") && arguments.size() == 2) {
      return new NullIf(at, arguments.get(0), arguments.get(1));
    }
    Builtin builtin =
        Builtin.named(name)
            .orElseThrow(
                () ->
                    new RefusedException(
                        at,
                        "A model has no function " + name + ".",
                        Advice.insteadOfFunction(name)));
    if (!builtin.takes(arguments.size())) {
      throw new RefusedException(
          at,
          name + " takes " + builtin.arity() + " arguments, not " + arguments.size() + ".",
          Advice.insteadOfFunction(name));
    }
    return new Call(at, builtin, arguments);
  }

  static RefusedException clock(String name, Position at) {
    return new RefusedException(
        at,
        name + " is refused: time, and not a row, would change the answer.",
        "Keep the state in a column that the application changes.");
  }
}
