package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.model.Model;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What migrating would change, and what it leaves to whoever runs the databases.
 *
 * @param source a line for each change of the product's database; SQL, but for views
 * @param sink the same for the database of the read models
 * @param advice statements that it does not run
 * @param ids what the read models will be made of
 */
public record MigrationPlan(
    List<String> source, List<String> sink, List<String> advice, IdKinds ids) {
  private static final String SCHEMA =
      """
      select 'schema streams: heartbeats, numbers of snapshots, rows that were too large, the model, what was before'
      where to_regnamespace('streams') is null""";

  private static final String VIEWS =
      """
      select format('view streams_model.%I', name) from unnest(?::text[]) name
      where to_regclass(format('streams_model.%I', name)) is null\
      """;

  public MigrationPlan {
    source = List.copyOf(source);
    sink = List.copyOf(sink);
    advice = List.copyOf(advice);
  }

  /**
   * Changes nothing.
   *
   * @throws com.shareuptime.streams.contract.CommandException if migrating would be refused
   */
  public static MigrationPlan of(Connection source, Connection sink, SourceModel model)
      throws SQLException {
    List<String> changes = new ArrayList<>(Sql.texts(source, SCHEMA));
    if (Model.recorded(source).filter(model.source()::equals).isEmpty()) {
      changes.add("the model in streams.model");
    }
    changes.addAll(
        Sql.texts(
            source,
            VIEWS,
            model.bound().entities().stream().map(entity -> entity.name()).toList()));
    if (!PublishedTablesFunction.missing(source, model).isEmpty()) {
      changes.add("function streams.published_tables");
    }
    changes.addAll(SourceMigration.missing(source, model));
    return new MigrationPlan(
        changes,
        new SinkEntities(sink, model.ids()).missing(),
        new ModelIndexes(source, model).advice(),
        model.ids());
  }
}
