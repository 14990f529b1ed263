package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.check.SourceReadiness;
import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.search.SearchIndexes;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.server.Servers;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.IdKinds;
import com.shareuptime.streams.contract.topic.Topics;
import com.shareuptime.streams.model.Model;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.sql.BaseSchema;
import com.shareuptime.streams.sql.MigrationPlan;
import com.shareuptime.streams.sql.Migrations;
import com.shareuptime.streams.sql.SourceModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Brings databases and topics to what this version of the jobs needs. Safe to repeat. */
public final class Migration {
  private final Settings settings;
  private final boolean searches;
  private final ModelFile file;

  /**
   * With the model that the product's database has, or else that of ShareUptime's own tables.
   *
   * @param searches whether the indexes of search are made
   */
  public Migration(Settings settings, boolean searches) {
    this(settings, searches, null);
  }

  /**
   * @param file the model; null for the one that the product's database has
   */
  public Migration(Settings settings, boolean searches, ModelFile file) {
    this.settings = settings;
    this.searches = searches;
    this.file = file;
  }

  /**
   * ShareUptime's own tables, unless another model is installed; only ever on the local stack,
   * elsewhere they are the product's.
   */
  public void baseSchema() {
    Database source = Database.source(settings);
    try {
      if (hasOwnTables(source)) {
        BaseSchema.apply(source.url(), source.user(), source.password());
      }
    } catch (SQLException e) {
      throw failed(source.toString(), e);
    }
  }

  private boolean hasOwnTables(Database source) throws SQLException {
    if (file != null) {
      return SourceModel.isCanonical(file.text());
    }
    try (Connection connection = source.connect()) {
      return Model.recorded(connection).map(SourceModel::isCanonical).orElse(true);
    }
  }

  /**
   * Whether the product's database can be migrated and read. Changes nothing, and asks no other
   * server.
   *
   * @param isOurs whether ingest's slot, if it is there, is that of this installation
   * @throws CommandException with all that is wrong, and what mends it
   */
  public void requireReady(boolean isOurs) {
    Database.source(settings)
        .ask(
            handle -> {
              SourceReadiness.require(
                  handle, model(handle.getConnection()), settings.slot(), isOurs);
              return null;
            },
            e -> failed(Database.source(settings).toString(), e));
  }

  /** Whether the product's database has another model than is given. */
  public boolean isOtherModel() {
    return file != null
        && Database.source(settings)
            .ask(handle -> Model.recorded(handle.getConnection()))
            .filter(file.text()::equals)
            .isEmpty();
  }

  /**
   * What {@link #apply} would change in the databases. Changes nothing.
   *
   * @throws CommandException if it would be refused
   */
  public MigrationPlan plan() {
    Database source = Database.source(settings);
    try (Connection product = source.connect();
        Connection readModels = Database.sink(settings).connect()) {
      return MigrationPlan.of(product, readModels, model(product));
    } catch (SQLException e) {
      throw failed(source.toString(), e);
    }
  }

  private SourceModel model(Connection source) throws SQLException {
    try {
      return SourceModel.of(source, file == null ? null : file.text());
    } catch (ModelException e) {
      throw ModelFile.refused(file == null ? "the installed model" : file.name(), e);
    }
  }

  /** Returns what it changed, a line each. */
  public List<String> apply() {
    List<String> done = new ArrayList<>();
    Database source = Database.source(settings);
    Database sink = Database.sink(settings);
    source.verify();
    sink.verify();
    // nothing is changed if one of both would be refused
    IdKinds ids = plan().ids();
    migrate(
            "source",
            source,
            (url, user, password) ->
                Migrations.source(url, user, password, file == null ? null : file.text()))
        .ifPresent(done::add);
    migrate("sink", sink, (url, user, password) -> Migrations.sink(url, user, password, ids))
        .ifPresent(done::add);
    done.addAll(topics(ids));
    if (searches) {
      done.addAll(SearchIndexes.apply(settings));
    }
    return done;
  }

  private interface Migrator {
    int migrate(String url, String user, String password);
  }

  private static Optional<String> migrate(String name, Database database, Migrator migrator) {
    try {
      int applied = migrator.migrate(database.url(), database.user(), database.password());
      return applied == 0
          ? Optional.empty()
          : Optional.of(applied + " migrations of the " + name + " database");
    } catch (CommandException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failed(database.toString(), e);
    }
  }

  private List<String> topics(IdKinds ids) {
    try (Admin admin = Servers.kafka(settings)) {
      return new Topics(admin, ids.counters()).apply();
    } catch (ExecutionException e) {
      throw failed("Kafka at " + settings.require(AddressKeys.KAFKA_BOOTSTRAP), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("Kafka", e);
    }
  }

  private static CommandException failed(String where, Throwable cause) {
    return CommandException.unreachable(
        "Migrating " + where + " failed: " + cause.getMessage(),
        "Fix the cause and run ./streams migrate again: it skips what is done.",
        cause);
  }
}
