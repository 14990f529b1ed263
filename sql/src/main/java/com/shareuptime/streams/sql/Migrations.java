package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.IdKinds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to what the pipeline needs. Safe to repeat and to run from several places at
 * once: what is applied already is left alone, and one run waits for the other.
 *
 * <p>The source (the product's database) and the sink (the read models) may be one database or two,
 * so each set has a history table of its own, both in the schema {@code streams}. What depends on
 * the model is made by code after the files.
 */
public final class Migrations {
  private static final String SCHEMA = "streams";

  private Migrations() {}

  /**
   * {@link #source(String, String, String, String)} with the model that the database has, or that
   * of ShareUptime's own tables.
   */
  public static int source(String jdbcUrl, String user, String password) {
    return source(jdbcUrl, user, password, null);
  }

  /**
   * Heartbeat table and snapshot numbers, on the product's database; and the views, the publication
   * and the replica identities of the model.
   *
   * @param model its text; null for the one that the database has, or else that of ShareUptime's
   *     own tables
   * @return how many migrations were applied now, at least one if something else has changed
   * @throws com.shareuptime.streams.model.ModelException if the model does not fit the tables
   */
  public static int source(String jdbcUrl, String user, String password, String model) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      // refused before anything is made
      SourceModel.of(connection, model);
      int applied = migrate("source", jdbcUrl, user, password);
      boolean changed = new SourceMigration(connection, model).apply();
      return changed ? Math.max(applied, 1) : applied;
    } catch (SQLException e) {
      throw new FlywayException("cannot publish the tables of the model: " + e.getMessage(), e);
    }
  }

  /** {@link #sink(String, String, String, IdKinds)} with the ids of ShareUptime's own tables. */
  public static int sink(String jdbcUrl, String user, String password) {
    return sink(jdbcUrl, user, password, IdKinds.NUMBERS);
  }

  /**
   * Counters, windows, progress and what else the jobs write; columns for each counter of the
   * model; the types of ids.
   *
   * @return how many migrations were applied now, at least one if something else has changed
   * @throws com.shareuptime.streams.contract.CommandException if ids were of another kind before
   */
  public static int sink(String jdbcUrl, String user, String password, IdKinds ids) {
    int applied = migrate("sink", jdbcUrl, user, password);
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      boolean changed = new SinkEntities(connection, ids).apply();
      return changed ? Math.max(applied, 1) : applied;
    } catch (SQLException e) {
      throw new FlywayException("cannot give counters and ids their columns: " + e.getMessage(), e);
    }
  }

  private static int migrate(String set, String jdbcUrl, String user, String password) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(jdbcUrl, user, password)
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .table("flyway_history_" + set)
        .locations("classpath:com/shareuptime/streams/sql/migrations/" + set)
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        // "${" in a function's body is text, not a placeholder
        .placeholderReplacement(false)
        // earlier builds had files for what is made of the model now
        .ignoreMigrationPatterns("*:missing")
        // the other set may have filled the schema already
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
