package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tables that a local stack is to have instead of ShareUptime's own.
 *
 * @param schema the SQL that creates them
 * @param model what they mean
 */
public record OtherTables(String schema, ModelFile model) {
  private static final String ANY_TABLE =
      "select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')";

  /** All in one transaction, in a database that has none yet. */
  void create(Database source) {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (!statement.executeQuery(ANY_TABLE).next()) {
        statement.execute(schema);
      }
      connection.commit();
    } catch (SQLException e) {
      throw CommandException.usage(
          "The tables of schema.sql cannot be created: " + e.getMessage(), "Mend that file.");
    }
  }
}
