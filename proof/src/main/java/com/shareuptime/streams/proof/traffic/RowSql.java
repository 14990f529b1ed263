package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.contract.Target;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * SQL about the row of an interaction. Values stand in it by their names, e.g. {@code :user};
 * {@code {table}} and {@code {text}} are the target's table and its column of text.
 *
 * <p>Bound through plain JDBC, not Jdbi: it is bound for every row of the traffic, and the text of
 * a post is written only where the statement has one.
 */
record RowSql(String positional, List<Value> values) {
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

  private enum Value {
    TYPE,
    TARGET,
    ROW,
    USER,
    PARENT,
    TEXT,
    ODD_TEXT,
    ODD_TIME
  }

  static RowSql of(String named) {
    return new RowSql(
        NAME.matcher(named).replaceAll("?"),
        NAME.matcher(named)
            .results()
            .map(name -> Value.valueOf(name.group(1).toUpperCase(Locale.ROOT)))
            .toList());
  }

  /** The statement for such a target; null where it is about no target. */
  String text(Target target) {
    return target == null
        ? positional
        : positional
            .replace("{table}", target.type().table())
            .replace("{text}", target.type().textColumn());
  }

  void bind(PreparedStatement statement, Interaction row, Texts texts) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      int at = i + 1;
      switch (values.get(i)) {
        case TYPE -> statement.setString(at, row.target().type().label());
        case TARGET -> statement.setObject(at, row.target().id().sql());
        case ROW -> statement.setLong(at, row.rowId());
        case USER -> statement.setLong(at, row.userId());
        case TEXT -> statement.setString(at, texts.of(row.target(), row.rowId()));
        case ODD_TEXT -> statement.setString(at, OddValues.text(row.rowId()));
        case ODD_TIME -> statement.setString(at, OddValues.time(row.rowId()));
        case PARENT ->
            statement.setObject(at, row.parentId() == 0 ? null : row.parentId(), Types.BIGINT);
      }
    }
  }
}
