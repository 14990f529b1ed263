package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CounterKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database to what the pipeline needs. Safe to repeat and to run from several places at
 * once: what is applied already is left alone, and one run waits for the other.
 *
 * <p>The source (the product's database) and the sink (the read models) may be one database or two,
 * so each set has a history table of its own, both in the schema {@code streams}.
 */
public final class Migrations {
  private static final String SCHEMA = "streams";

  private Migrations() {}

  /**
   * Publication, heartbeat table, replica identities and snapshot numbers, on the product's
   * database; and the views of the model.
   *
   * @return how many migrations were applied now, at least one if the views have changed
   */
  public static int source(String jdbcUrl, String user, String password) {
    int applied = migrate("source", jdbcUrl, user, password);
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password)) {
      return ModelViews.apply(connection) ? Math.max(applied, 1) : applied;
    } catch (SQLException e) {
      throw new FlywayException("cannot make the views of the model: " + e.getMessage(), e);
    }
  }

  /**
   * Counters, windows, progress and what else the jobs write; columns for each counter of the list.
   *
   * @return how many migrations were applied now
   */
  public static int sink(String jdbcUrl, String user, String password) {
    int applied = migrate("sink", jdbcUrl, user, password);
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        PreparedStatement add = connection.prepareStatement("select streams.add_counter(?)")) {
      for (CounterKind kind : CounterKind.ALL) {
        add.setString(1, kind.text());
        add.execute();
      }
    } catch (SQLException e) {
      throw new FlywayException("cannot give each counter its columns: " + e.getMessage(), e);
    }
    return applied;
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
        // the other set may have filled the schema already
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
