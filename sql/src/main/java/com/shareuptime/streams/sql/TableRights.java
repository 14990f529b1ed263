package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether a user may publish the tables of a model, and sees all of their rows. */
public final class TableRights {
  private static final String LACKING =
      """
      select format('%I.%I', w.schema, w.name) || ' is owned by ' || c.relowner::regrole,
             format('grant %s to %I; -- or give another user', c.relowner::regrole, current_user)
      from unnest(?::text[], ?::text[]) as w (schema, name)
      join pg_class c on c.oid = to_regclass(format('%I.%I', w.schema, w.name))
      where not pg_has_role(current_user, c.relowner, 'usage')
      union all
      select format('%I.%I', w.schema, w.name) || ' hides rows from ' || current_user || ' by row-level security',
             format('alter role %I bypassrls;', current_user)
      from unnest(?::text[], ?::text[]) as w (schema, name)
      where row_security_active(to_regclass(format('%I.%I', w.schema, w.name)))
      order by 1""";

  /**
   * What is lacking.
   *
   * @param remedy SQL
   */
  public record Lack(String what, String remedy) {}

  private TableRights() {}

  /** Empty if nothing is. */
  public static List<Lack> lacking(Connection connection, SourceModel model) throws SQLException {
    List<String> schemas = model.tables().stream().map(CatalogTable::schema).toList();
    List<String> names = model.tables().stream().map(CatalogTable::name).toList();
    return Sql.rows(
        connection,
        LACKING,
        row -> new Lack(row.getString(1), row.getString(2)),
        schemas,
        names,
        schemas,
        names);
  }
}
