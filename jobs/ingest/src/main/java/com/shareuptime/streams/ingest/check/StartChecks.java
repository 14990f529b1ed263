package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** All that is looked at before the job starts, everything wrong in one message. */
public final class StartChecks {
  private StartChecks() {}

  /**
   * Checks database and topics.
   *
   * @throws Refusal if something must be mended first
   * @throws IllegalStateException if a server cannot be reached: trying again may help
   */
  public static void run(IngestOptions options) {
    database(options);
    CdcTopics.partitions(options.kafka());
    CdcTopics.requireRoom(options.kafka(), options.largestRecord());
  }

  /** The part of {@link #run} that asks Postgres. */
  public static void database(IngestOptions options) {
    try (Connection connection = connect(options.source())) {
      List<String> problems =
          new SourceDatabase(connection, options.publication(), IngestOptions.tables()).problems();
      if (!problems.isEmpty()) {
        throw new Refusal(
            "ingest cannot read %s:\n- %s"
                .formatted(options.source().url(), String.join("\n- ", problems)));
      }
    } catch (SQLException e) {
      throw unreachable(options.source(), e);
    }
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
