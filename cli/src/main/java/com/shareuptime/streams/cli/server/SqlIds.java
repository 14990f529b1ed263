package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import java.lang.reflect.Type;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;

/**
 * Lets Jdbi take ids as parameters, many of them as an array, and read them from columns. What is
 * no number goes as a text without a type, so that it gets that of the column which it is compared
 * with.
 */
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
      return Optional.of((at, statement, context) -> one(at, statement, id));
    }
    return value instanceof Ids ids
        ? Optional.of((at, statement, context) -> array(at, statement, ids))
        : Optional.empty();
  }

  private static void one(int at, PreparedStatement statement, Id id) throws SQLException {
    if (id.isNumber()) {
      statement.setObject(at, id.number());
    } else {
      statement.setObject(at, id.toString(), Types.OTHER);
    }
  }

  private static void array(int at, PreparedStatement statement, Ids ids) throws SQLException {
    IdKind kind = ids.isPacked() ? IdKind.NUMBER : IdKind.TEXT;
    Array array = kind.sql(ids, statement.getConnection());
    if (ids.isPacked()) {
      statement.setArray(at, array);
    } else {
      statement.setObject(at, array.toString(), Types.OTHER);
    }
  }
}
