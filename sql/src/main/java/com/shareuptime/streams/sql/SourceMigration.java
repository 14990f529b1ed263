package com.shareuptime.streams.sql;

import com.shareuptime.streams.sql.IdColumns.IdColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the product's database to what a model needs of it. First what may be done beforehand,
 * each in a transaction of its own; then views, function and publication in one, which locks tables
 * against nothing that the product does with rows.
 */
final class SourceMigration {
  private static final String LOCKS =
      "set local lock_timeout = '3s'; select pg_advisory_xact_lock(hashtext('streams_model'))";

  private final Connection connection;
  private final String given;

  /**
   * @param given the text of a model; null for the one that the database has
   */
  SourceMigration(Connection connection, String given) {
    this.connection = connection;
    this.given = given;
  }

  /** The statements that it would run, without those of the views. */
  static List<String> missing(Connection connection, SourceModel model) throws SQLException {
    List<String> statements = new ArrayList<>(ReplicaIdentities.missing(connection, model));
    statements.addAll(new ModelIndexes(connection, model).missing());
    IdColumns mirrored = mirrored(connection, model);
    mirrored.requireEmpty();
    statements.addAll(mirrored.missing());
    statements.addAll(new Publication(connection, model).missing());
    return statements;
  }

  /**
   * @return whether there was something to do
   */
  boolean apply() throws SQLException {
    connection.setAutoCommit(false);
    SourceModel model = SourceModel.of(connection, given);
    List<String> indexes = new ModelIndexes(connection, model).missing();
    List<ReplicaIdentities.Change> identities = ReplicaIdentities.changes(connection, model);
    connection.commit();
    Sql.execute(connection, "set local lock_timeout = '5s'");
    Sql.execute(connection, indexes);
    connection.commit();
    ReplicaIdentities.set(connection, identities);
    boolean published = publish();
    return published || !indexes.isEmpty() || !identities.isEmpty();
  }

  private boolean publish() throws SQLException {
    Sql.execute(connection, LOCKS);
    // anew: tables may have changed since
    SourceModel model = SourceModel.of(connection, given);
    boolean changed = new ModelViews(connection, model).make();
    List<String> function = PublishedTablesFunction.missing(connection, model);
    Sql.execute(connection, function);
    changed |= mirrored(connection, model).change();
    Publication publication = new Publication(connection, model);
    List<String> statements = publication.missing();
    Sql.execute(connection, statements);
    publication.requireIdentities();
    publication.requireReadable();
    connection.commit();
    return changed || !function.isEmpty() || !statements.isEmpty();
  }

  private static IdColumns mirrored(Connection connection, SourceModel model) {
    return new IdColumns(
        connection, List.of(new IdColumn("mirrored_counters", "target_id", model.ids().targets())));
  }
}
