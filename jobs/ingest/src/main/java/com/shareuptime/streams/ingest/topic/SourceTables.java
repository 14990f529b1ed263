package com.shareuptime.streams.ingest.topic;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.ingest.check.PublishedTables;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.PostgresAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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

  /** Tables whose updates and deletes carry the whole old row. */
  Set<CdcTable> withWholeOldRows() {
    Set<CdcTable> whole = EnumSet.noneOf(CdcTable.class);
    try (Connection connection = StartChecks.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relreplident = 'f'")) {
      while (rows.next()) {
        for (CdcTable table : CdcTable.values()) {
          if (table.tableName().equals(rows.getString(1))) {
            whole.add(table);
          }
        }
      }
      return whole;
    } catch (SQLException e) {
      throw StartChecks.unreachable(database, e);
    }
  }
}
