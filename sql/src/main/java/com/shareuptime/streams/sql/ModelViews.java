package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.BoundEntity;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.catalog.CatalogReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The views of the schema {@code streams_model}, by which everything of ours reads the product's
 * tables. They are made in one transaction, so that a reader sees all of them or those of before.
 */
final class ModelViews {
  /** A reader that holds a view is not made to wait behind us for longer. */
  private static final String LOCKS =
      "set local lock_timeout = '3s'; select pg_advisory_xact_lock(hashtext('streams_model'))";

  private static final String RECORDED =
      "select source, statements from streams.model where to_regclass('streams_model.users') is not null";

  private static final String RECORD =
      """
      insert into streams.model (source, statements) values (?, ?)
      on conflict (one) do update
      set source = excluded.source, statements = excluded.statements, made_at = now()""";

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

  private ModelViews(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes the views of the model that the database has, or of the canonical one.
   *
   * @return whether there was something to do
   */
  static boolean apply(Connection connection) throws SQLException {
    ModelViews views = new ModelViews(connection);
    connection.setAutoCommit(false);
    boolean changed = views.make();
    connection.commit();
    return changed;
  }

  private boolean make() throws SQLException {
    execute(LOCKS);
    String source = Model.canonicalSql();
    String recorded = null;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RECORDED)) {
      if (row.next()) {
        source = row.getString(1);
        recorded = row.getString(2);
      }
    }
    BoundModel model = Model.parse(source).bind(CatalogReader.read(connection));
    List<String> statements = model.viewStatements(connection);
    String all = String.join(";\n", statements);
    if (all.equals(recorded)) {
      return false;
    }
    Savepoint before = connection.setSavepoint();
    try {
      executeAll(statements);
    } catch (SQLException e) {
      if (!OTHER_COLUMNS.contains(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      execute(BoundModel.DROP_VIEWS);
      executeAll(statements);
    }
    execute("grant usage on schema streams_model to public");
    for (BoundEntity entity : model.entities()) {
      executeAll(grants(entity));
    }
    try (PreparedStatement record = connection.prepareStatement(RECORD)) {
      record.setString(1, source);
      record.setString(2, all);
      record.execute();
    }
    return true;
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
    return texts(GRANTS.formatted(entity.name(), names, tables.size()));
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private void executeAll(List<String> statements) throws SQLException {
    for (String statement : statements) {
      execute(statement);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
