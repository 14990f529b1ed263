package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns of our tables that hold ids of the product. Migrations make them bigint; they get the
 * type of the ids while their table is empty, and keep it from the first row on.
 */
final class IdColumns {
  /**
   * @param table in the schema streams
   */
  record IdColumn(String table, String column, IdKind kind) {}

  /** The type that it has; null as long as the table is not there. */
  private static final String TYPE =
      """
      select format_type(a.atttypid, null)
      from pg_attribute a
      where a.attrelid = to_regclass('streams.' || ?) and a.attname = ? and not a.attisdropped""";

  /** A type cannot change below a view. */
  private static final String VIEWS =
      """
      select distinct format('%I.%I', n.nspname, v.relname)
      from pg_depend d
      join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
      join pg_class v on v.oid = r.ev_class and v.relkind = 'v'
      join pg_namespace n on n.oid = v.relnamespace
      where d.refclassid = 'pg_class'::regclass and d.refobjid = to_regclass('streams.' || ?)
      order by 1""";

  private final Connection connection;
  private final List<IdColumn> columns;

  IdColumns(Connection connection, List<IdColumn> columns) {
    this.connection = connection;
    this.columns = columns;
  }

  /** The statements that change types, one a table. */
  List<String> missing() throws SQLException {
    List<String> statements = new ArrayList<>();
    changes().forEach((table, changed) -> statements.add(alter(table, changed)));
    return statements;
  }

  /**
   * Changes the types.
   *
   * @return whether there was something to do
   */
  boolean change() throws SQLException {
    Map<String, List<IdColumn>> changes = changes();
    for (Map.Entry<String, List<IdColumn>> change : changes.entrySet()) {
      String table = change.getKey();
      Sql.execute(connection, "lock table streams." + table + " in access exclusive mode");
      requireEmpty(table, change.getValue());
      List<String> remade = new ArrayList<>();
      for (String view : Sql.texts(connection, VIEWS, table)) {
        String definition =
            Sql.texts(connection, "select pg_get_viewdef(?::regclass)", view).get(0);
        Sql.execute(connection, "drop view " + view);
        remade.add("create view " + view + " as " + definition);
      }
      Sql.execute(connection, alter(table, change.getValue()));
      Sql.execute(connection, remade);
    }
    return !changes.isEmpty();
  }

  /**
   * Before anything is changed.
   *
   * @throws CommandException if a table has rows with ids of another type
   */
  void requireEmpty() throws SQLException {
    for (Map.Entry<String, List<IdColumn>> change : changes().entrySet()) {
      if (type(change.getValue().get(0)) != null) {
        requireEmpty(change.getKey(), change.getValue());
      }
    }
  }

  private void requireEmpty(String table, List<IdColumn> changed) throws SQLException {
    if (Sql.is(connection, "select exists (select from streams." + table + ")")) {
      IdColumn column = changed.get(0);
      throw CommandException.wrong(
          "streams.%s has rows whose %s is %s, and by this model it is %s."
              .formatted(table, column.column(), type(column), column.kind().sql()),
          NewInstallation.ADVICE);
    }
  }

  private Map<String, List<IdColumn>> changes() throws SQLException {
    Map<String, List<IdColumn>> changes = new LinkedHashMap<>();
    for (IdColumn column : columns) {
      String type = type(column);
      if (!column.kind().sql().equals(type == null ? IdKind.NUMBER.sql() : type)) {
        changes.computeIfAbsent(column.table(), table -> new ArrayList<>()).add(column);
      }
    }
    return changes;
  }

  private String type(IdColumn column) throws SQLException {
    List<String> found = Sql.texts(connection, TYPE, column.table(), column.column());
    return found.isEmpty() ? null : found.get(0);
  }

  private static String alter(String table, List<IdColumn> changed) {
    List<String> actions = new ArrayList<>();
    for (IdColumn column : changed) {
      String type = column.kind().sql();
      // ids of text have one order in every database
      String collation = column.kind() == IdKind.TEXT ? " collate \"C\"" : "";
      actions.add(
          "alter column %s type %s%s using null::%s"
              .formatted(column.column(), type, collation, type));
    }
    return "alter table streams." + table + " " + String.join(", ", actions);
  }
}
