package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log tells of old rows. An identity that tells more than is needed is left alone. Each
 * partition has one of its own, and a new one does not take that of its table.
 */
public final class ReplicaIdentities {
  /** Short, as the product's statements wait behind ours; it is tried again after each. */
  private static final String LOCK_TIMEOUT = "set local lock_timeout = '300ms'";

  private static final int TRIES = 20;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** Tables and their partitions, with what is to be set. */
  private static final String MISSING =
      """
      select format('alter table %I.%I replica identity %s', n.nspname, c.relname, w.identity)
      from unnest(?::text[], ?::text[], ?::text[]) with ordinality as w (schema, name, identity, place)
      cross join to_regclass(format('%I.%I', w.schema, w.name)) as root
      cross join lateral (select root::oid as relid union select p.relid from pg_partition_tree(root) p) part
      join pg_class c on c.oid = part.relid and c.relkind in ('r', 'p')
      join pg_namespace n on n.oid = c.relnamespace
      where case w.identity when 'full' then c.relreplident <> 'f' else c.relreplident = 'n' end
      order by w.place, c.oid""";

  private ReplicaIdentities() {}

  /** The statements that set what is missing. */
  public static List<String> missing(Connection connection, SourceModel model) throws SQLException {
    List<CatalogTable> tables = model.tables();
    List<String> wanted = new ArrayList<>();
    for (CatalogTable table : tables) {
      boolean isWhole =
          model.wholeRows().stream().anyMatch(whole -> whole.sqlName().equals(table.sqlName()));
      wanted.add(isWhole ? "full" : "default");
    }
    return Sql.texts(
        connection,
        MISSING,
        tables.stream().map(CatalogTable::schema).toList(),
        tables.stream().map(CatalogTable::name).toList(),
        wanted);
  }

  /**
   * Each in a transaction of its own: two such locks at once could be a deadlock with a transaction
   * of the product, which might be the one to fail.
   */
  static void set(Connection connection, List<String> statements) throws SQLException {
    for (String statement : statements) {
      set(connection, statement);
    }
  }

  private static void set(Connection connection, String statement) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        Sql.execute(connection, LOCK_TIMEOUT, statement);
        connection.commit();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || tries == TRIES) {
          throw e;
        }
      }
    }
  }
}
