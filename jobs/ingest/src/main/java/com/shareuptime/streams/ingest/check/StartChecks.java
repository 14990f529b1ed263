package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All that is looked at before the job starts, everything wrong in one message. */
public final class StartChecks {
  private static final String NO_PRIVILEGE = "42501";

  private StartChecks() {}

  /**
   * Checks database and topics.
   *
   * @return the model that the database has
   * @throws Refusal if something must be mended first
   * @throws IllegalStateException if a server cannot be reached: trying again may help
   */
  public static IngestModel run(IngestOptions options) {
    IngestModel model = database(options);
    CdcTopics.partitions(options.kafka(), model.entities());
    CdcTopics.requireRoom(options.kafka(), model.entities(), options.largestRecord());
    return model;
  }

  /** The part of {@link #run} that asks Postgres. */
  public static IngestModel database(IngestOptions options) {
    try (Connection connection = connect(options.source())) {
      IngestModel model = model(connection);
      List<String> problems =
          new SourceDatabase(connection, options.publication(), tables(model)).problems();
      if (problems.isEmpty()) {
        problems = ModelFit.problems(model.bind(connection));
      }
      if (!problems.isEmpty()) {
        throw new Refusal(
            "ingest cannot read %s:\n- %s"
                .formatted(options.source().url(), String.join("\n- ", problems)));
      }
      return model;
    } catch (ModelException e) {
      throw new Refusal(
          "ingest cannot use the model that %s has in streams.model; './streams model check' says more:\n%s"
              .formatted(options.source().url(), e.getMessage()),
          e);
    } catch (SQLException e) {
      throw unreachable(options.source(), e);
    }
  }

  private static IngestModel model(Connection connection) throws SQLException {
    try {
      return IngestModel.read(connection);
    } catch (SQLException e) {
      if (NO_PRIVILEGE.equals(e.getSQLState())) {
        throw new Refusal(
            "the user may not read the model: grant select on streams.model to %s;"
                .formatted(connection.getMetaData().getUserName()),
            e);
      }
      throw e;
    }
  }

  private static List<SourceTable> tables(IngestModel model) {
    List<SourceTable> tables = new ArrayList<>(model.tables());
    tables.add(IngestOptions.HEARTBEAT_TABLE);
    return tables;
  }

  /**
   * Opens a connection.
   *
   * @throws Refusal if the server does not let the user in
   * @throws SQLException if it cannot be reached now
   */
  public static Connection connect(PostgresAddress source) throws SQLException {
    return connect(source, Map.of());
  }

  /** As {@link #connect(PostgresAddress)}, with more of the driver's properties. */
  static Connection connect(PostgresAddress source, Map<String, String> more) throws SQLException {
    try {
      return source.connect(more);
    } catch (SQLException e) {
      String state = e.getSQLState() == null ? "" : e.getSQLState();
      boolean login = state.startsWith("28");
      if (login || state.equals("3D000")) {
        throw new Refusal(
            "Postgres at %s does not let user '%s' in: %s. %s"
                .formatted(
                    source.url(),
                    source.user(),
                    e.getMessage(),
                    login
                        ? "The password is read from %s (option '%s')."
                            .formatted(source.password().path(), source.password().option())
                        : "The database's name is part of the option 'postgres.source.url'."),
            e);
      }
      throw e;
    }
  }

  /** For a server that does not answer: says which, and lets Flink try again. */
  public static IllegalStateException unreachable(PostgresAddress source, SQLException e) {
    return new IllegalStateException(
        "Postgres at " + source.url() + " cannot be asked: " + e.getMessage(), e);
  }
}
