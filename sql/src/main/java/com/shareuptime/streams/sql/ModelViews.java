package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Model;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The views of the schema {@code streams_model}, by which everything of ours reads the product's
 * tables. They are made in one transaction, so that a reader sees all of them or those of before.
 */
final class ModelViews {
  private static final String RECORDED =
      "select statements from streams.model where to_regclass('streams_model.users') is not null";

  private static final String RECORD =
      """
      insert into streams.model (source, statements) values (?, ?)
      on conflict (one) do update
      set source = excluded.source, statements = excluded.statements, made_at = now()""";

  /** Names of ours have no letter that wants quotes. */
  private static final String MADE =
      """
      select relname from pg_class
      where relnamespace = to_regnamespace('streams_model') and relkind = 'v'
        and to_regproc('streams_model.rows_of_' || relname) is not null""";

  /** What is there keeps its columns and their types: then all is made anew. */
  private static final Set<String> OTHER_COLUMNS = Set.of("42P16", "42P13");

  /**
   * Who may read all tables of a view may read the view: it asks with the rights of who asks it.
   */
  private static final String GRANTS =
      """
      select 'grant select on streams_model.%1$s to '
             || case when a.grantee = 0 then 'public' else a.grantee::regrole::text end
      from pg_class t cross join lateral aclexplode(coalesce(t.relacl, acldefault('r', t.relowner))) a
      where a.privilege_type = 'SELECT' and t.oid = any (array[%2$s]::regclass[])
      group by a.grantee having count(distinct t.oid) = %3$d""";

  private final Connection connection;
  private final SourceModel model;

  ModelViews(Connection connection, SourceModel model) {
    this.connection = connection;
    this.model = model;
  }

  /**
   * Makes the views, and records the model.
   *
   * @return whether there was something to do
   */
  boolean make() throws SQLException {
    List<String> statements = model.bound().viewStatements(connection);
    String all = String.join(";\n", statements);
    if (Sql.texts(connection, RECORDED).contains(all)
        && Model.recorded(connection).filter(model.source()::equals).isPresent()) {
      return false;
    }
    Savepoint before = connection.setSavepoint();
    try {
      replace(statements);
    } catch (SQLException e) {
      if (!OTHER_COLUMNS.contains(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      Sql.execute(connection, BoundModel.DROP_VIEWS);
      Sql.execute(connection, statements);
    }
    Sql.execute(connection, "grant usage on schema streams_model to public");
    for (BoundEntity entity : model.bound().entities()) {
      Sql.execute(connection, grants(entity));
    }
    for (String empty : model.bound().emptyViews()) {
      Sql.execute(connection, "grant select on streams_model." + empty + " to public");
    }
    try (PreparedStatement record = connection.prepareStatement(RECORD)) {
      record.setString(1, model.source());
      record.setString(2, all);
      record.execute();
    }
    return true;
  }

  private void replace(List<String> statements) throws SQLException {
    for (String name : Sql.texts(connection, MADE)) {
      if (model.bound().model().entity(name).isEmpty()
          && !model.bound().emptyViews().contains(name)) {
        Sql.execute(
            connection,
            "drop view streams_model." + name,
            "drop function streams_model.rows_of_" + name + "()");
      }
    }
    Sql.execute(connection, statements);
  }

  private List<String> grants(BoundEntity entity) throws SQLException {
    Set<String> tables =
        entity.branches().stream()
            .map(branch -> branch.table().sqlName())
            .collect(Collectors.toCollection(TreeSet::new));
    String names =
        tables.stream()
            .map(table -> "'" + table.replace("'", "''") + "'")
            .collect(Collectors.joining(", "));
    return Sql.texts(connection, GRANTS.formatted(entity.name(), names, tables.size()));
  }
}
