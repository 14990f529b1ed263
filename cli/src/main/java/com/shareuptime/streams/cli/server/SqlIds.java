package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Ids;
import java.lang.reflect.Type;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;

/** Lets Jdbi take ids as parameters, many of them as an array, and read them from columns. */
public final class SqlIds implements JdbiPlugin {
  @Override
  public void customizeJdbi(Jdbi jdbi) {
    jdbi.registerArgument(SqlIds::argument);
    jdbi.registerColumnMapper(
        Id.class,
        (row, column, context) -> {
          Object found = row.getObject(column);
          return found == null ? null : Id.ofSql(found);
        });
  }

  private static Optional<Argument> argument(Type type, Object value, ConfigRegistry config) {
    if (value instanceof Id id) {
      return Optional.of((at, statement, context) -> statement.setObject(at, id.sql()));
    }
    return value instanceof Ids ids
        ? Optional.of((at, statement, context) -> array(at, statement, ids))
        : Optional.empty();
  }

  private static void array(int at, PreparedStatement statement, Ids ids) throws SQLException {
    statement.setArray(at, statement.getConnection().createArrayOf(ids.sqlType(), ids.sql()));
  }
}
