package com.shareuptime.streams.proof.traffic;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement in which values stand by their names, e.g. {@code :user}.
 *
 * <p>Bound through plain JDBC, not Jdbi: it is bound for every row of the traffic, and the text of
 * a post is written only where the statement has one.
 */
record RowSql(String positional, List<SqlValue> values) {
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");
  private static final Pattern ONCE = Pattern.compile("\\s+on conflict do nothing$");

  /** The values of one row; null where there is none. */
  @FunctionalInterface
  interface Values {
    Object of(SqlValue value);
  }

  /**
   * @throws IllegalArgumentException if a name is unknown
   */
  static RowSql of(String named) {
    return new RowSql(
        NAME.matcher(named).replaceAll("?"),
        NAME.matcher(named).results().map(name -> value(name.group(1))).toList());
  }

  private static SqlValue value(String name) {
    return SqlValue.labelled(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no value :" + name));
  }

  void bind(PreparedStatement statement, Values row) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = row.of(values.get(i));
      if (value == null) {
        statement.setNull(i + 1, Types.OTHER); // of whatever type the place is
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }

  /**
   * The same without its last clause {@code on conflict do nothing}, which would wait before it
   * logs the row; empty if it has none.
   */
  Optional<RowSql> thatMayConflict() {
    String shorter = ONCE.matcher(positional).replaceFirst("");
    return shorter.equals(positional) ? Optional.empty() : Optional.of(new RowSql(shorter, values));
  }
}
