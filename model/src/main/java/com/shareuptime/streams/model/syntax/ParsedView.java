package com.shareuptime.streams.model.syntax;

import com.shareuptime.streams.model.expression.Expression;
import com.shareuptime.streams.model.expression.Position;
import java.util.List;

/** A {@code create view} as it was written; whether it means anything is for others to say. */
public record ParsedView(Position at, String name, List<ParsedSelect> selects) {
  public ParsedView {
    selects = List.copyOf(selects);
  }

  /**
   * One select over one table.
   *
   * @param schema {@code public} if none is written
   * @param where null if there is none
   */
  public record ParsedSelect(
      Position at, String schema, String table, List<ParsedItem> items, Expression where) {
    public ParsedSelect {
      items = List.copyOf(items);
    }
  }

  /**
   * One column of a select.
   *
   * @param alias null if there is none
   * @param expression null if it is a problem
   */
  public record ParsedItem(Position at, String alias, Expression expression) {
    /** The alias, or the name of a column that stands alone, or null. */
    public String name() {
      if (alias != null) {
        return alias;
      }
      return expression instanceof Expression.Column column ? column.name() : null;
    }
  }
}
