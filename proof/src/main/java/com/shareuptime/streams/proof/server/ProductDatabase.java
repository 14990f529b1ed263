package com.shareuptime.streams.proof.server;

import com.shareuptime.streams.cli.server.SqlIds;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.IdKind;
import com.shareuptime.streams.contract.Ids;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.contract.Target;
import com.shareuptime.streams.local.Addresses;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;

/**
 * The database with the product's tables and the read models, asked through Jdbi. A failure is a
 * {@link org.jdbi.v3.core.JdbiException} around the driver's own.
 */
public final class ProductDatabase {
  private ProductDatabase() {}

  /** Knows ids, numbers and texts as arrays, {@code pg_lsn}, and a target by its two columns. */
  public static Jdbi at(Addresses addresses) {
    return Jdbi.create(addresses::connect)
        // who begins a transaction ends it, and a dead connection cannot
        .configure(Handles.class, handles -> handles.setForceEndTransactions(false))
        .installPlugin(new SqlIds())
        .registerArrayType(Long.class, "bigint")
        .registerArrayType(String.class, "text")
        .registerColumnMapper(Lsn.class, (row, column, context) -> lsn(row.getString(column)))
        .registerRowMapper(
            Target.class,
            (row, context) ->
                target(row.getString("target_type"), Id.ofSql(row.getObject("target_id"))));
  }

  /** Asks a question on a connection of its own. */
  public static <T> T ask(Addresses addresses, HandleCallback<T, SQLException> question) {
    try {
      return at(addresses).withHandle(question);
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** The parameter of a query that is an array of ids. */
  public static Argument array(IdKind kind, Collection<Id> ids) {
    return (at, statement, context) ->
        statement.setArray(at, kind.sql(Ids.of(ids), statement.getConnection()));
  }

  /** The first two columns of each row. */
  public static <K, V> Map<K, V> pairs(Query rows, Class<K> key, Class<V> value) {
    return rows.reduceRows(
        new HashMap<>(),
        (pairs, row) -> {
          pairs.put(row.getColumn(1, key), row.getColumn(2, value));
          return pairs;
        });
  }

  /** Executes a statement on a connection of its own. */
  public static void execute(Addresses addresses, String sql) {
    at(addresses).useHandle(handle -> handle.execute(sql));
  }

  /** So many connections at most, as a service has them; the caller closes it. */
  public static HikariDataSource pool(Addresses addresses, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(addresses.postgresUrl());
    config.setUsername(addresses.postgresUser());
    config.setPassword(addresses.postgresPassword());
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  private static Lsn lsn(String text) {
    return text == null ? Lsn.NONE : Lsn.parse(text);
  }

  private static Target target(String type, Id id) {
    return new Target(Target.Type.of(type), id);
  }
}
