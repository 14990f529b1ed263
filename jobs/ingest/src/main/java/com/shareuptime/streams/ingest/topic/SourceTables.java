package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.ingest.check.PublishedTables;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.model.BoundModel;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What the writer asks the source database when it starts. */
record SourceTables(PostgresAddress database) {

  /**
   * A sequence alone repeats its numbers after the database was restored to an earlier time. The
   * seconds since 1970 do not, and many snapshots in one second are taken one after the other.
   */
  private static final String NEXT =
      """
      select setval('streams.cdc_generation', greatest(nextval('streams.cdc_generation'),
                    extract(epoch from clock_timestamp())::bigint))
      """;

  /** Draws the number of a fresh snapshot, above every number drawn before. */
  long nextSnapshot() {
    try (Connection connection = StartChecks.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NEXT)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /**
   * The tables as they are now.
   *
   * @throws Refusal if one is not as it must be
   */
  PublishedTables published(String publication) {
    try (Connection connection = StartChecks.connect(database)) {
      PublishedTables tables = PublishedTables.ask(connection, publication);
      String problem = tables.changedSince(Map.of());
      if (problem != null) {
        throw new Refusal(problem);
      }
      return tables;
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }

  /**
   * The model that the database has, with the types of its tables.
   *
   * @throws Refusal if it is another than {@code submitted}, or does not fit its tables
   */
  BoundModel bind(IngestModel submitted) {
    try (Connection connection = StartChecks.connect(database)) {
      if (!IngestModel.read(connection).isSameAs(submitted)) {
        throw new Refusal(
            "the model in streams.model is another than the one that the job was submitted with: './streams submit ingest --fresh' reads every table anew");
      }
      return submitted.bind(connection);
    } catch (ModelException e) {
      throw new Refusal("the model does not fit the tables:\n" + e.getMessage(), e);
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }
}
