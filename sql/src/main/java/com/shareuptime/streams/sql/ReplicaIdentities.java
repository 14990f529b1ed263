package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the log tells of old rows. An identity that tells more than is needed is left alone. Each
 * partition has one of its own, and a new one does not take that of its table. What an identity was
 * before is kept in {@code streams.replica_identities}.
 */
public final class ReplicaIdentities {
  /** Tables and their partitions, with what is to be set. */
  private static final String MISSING =
      """
      select format('%I.%I', n.nspname, c.relname), w.identity
      from unnest(?::text[], ?::text[], ?::text[]) with ordinality as w (schema, name, identity, place)
      cross join to_regclass(format('%I.%I', w.schema, w.name)) as root
      cross join lateral (select root::oid as relid union select p.relid from pg_partition_tree(root) p) part
      join pg_class c on c.oid = part.relid and c.relkind in ('r', 'p')
      join pg_namespace n on n.oid = c.relnamespace
      where case w.identity when 'full' then c.relreplident <> 'f' else c.relreplident = 'n' end
      order by w.place, c.oid""";

  /** What the first change finds is what was there before. */
  private static final String RECORD =
      """
      insert into streams.replica_identities (table_name, before, index_name, made)
      select %1$s, case c.relreplident when 'd' then 'default' when 'n' then 'nothing' else 'index' end,
             (select x.relname from pg_index i join pg_class x on x.oid = i.indexrelid
              where i.indrelid = c.oid and i.indisreplident and c.relreplident = 'i'), '%2$s'
      from pg_class c where c.oid = to_regclass(%1$s)
      on conflict (table_name) do update set made = excluded.made""";

  /** An index that is gone cannot be an identity again. */
  private static final String UNDO =
      """
      select format('alter table %s replica identity %s', r.table_name,
                    case when r.before <> 'index' then r.before
                         when exists (select from pg_index i join pg_class x on x.oid = i.indexrelid
                                      where i.indrelid = c.oid and x.relname = r.index_name)
                           then format('using index %I', r.index_name)
                         else 'default' end)
      from streams.replica_identities r
      join pg_class c on c.oid = to_regclass(r.table_name)
                     and c.relreplident = case r.made when 'full' then 'f' else 'd' end
      where r.before <> r.made
      order by r.table_name""";

  private static final String IS_RECORDED =
      "select to_regclass('streams.replica_identities') is not null";

  /**
   * @param table in quotes where SQL needs them
   */
  record Change(String table, String identity) {
    String statement() {
      return "alter table %s replica identity %s".formatted(table, identity);
    }

    private String recorded() {
      return RECORD.formatted("'" + table.replace("'", "''") + "'", identity);
    }
  }

  private ReplicaIdentities() {}

  /** The statements that set what is missing. */
  public static List<String> missing(Connection connection, SourceModel model) throws SQLException {
    return changes(connection, model).stream().map(Change::statement).toList();
  }

  static List<Change> changes(Connection connection, SourceModel model) throws SQLException {
    List<CatalogTable> tables = model.tables();
    List<String> wanted = new ArrayList<>();
    for (CatalogTable table : tables) {
      boolean isWhole =
          model.wholeRows().stream().anyMatch(whole -> whole.sqlName().equals(table.sqlName()));
      wanted.add(isWhole ? "full" : "default");
    }
    return Sql.rows(
        connection,
        MISSING,
        row -> new Change(row.getString(1), row.getString(2)),
        tables.stream().map(CatalogTable::schema).toList(),
        tables.stream().map(CatalogTable::name).toList(),
        wanted);
  }

  /**
   * Each in a transaction of its own: two such locks at once could be a deadlock with a transaction
   * of the product, which might be the one to fail.
   */
  static void set(Connection connection, List<Change> changes) throws SQLException {
    for (Change change : changes) {
      ShortLocks.commit(connection, List.of(change.recorded(), change.statement()));
    }
  }

  /** The statements that set back what migrate has set, and nobody else since. */
  static List<String> undo(Connection connection) throws SQLException {
    return Sql.is(connection, IS_RECORDED) ? Sql.texts(connection, UNDO) : List.of();
  }
}
