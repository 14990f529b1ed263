package com.shareuptime.streams.ingest.check;

import com.shareuptime.streams.ingest.IngestOptions;
import com.shareuptime.streams.ingest.mapping.SourceTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a database can be read through a publication without losing anything. */
final class SourceDatabase {
  private final Connection connection;
  private final String publication;
  private final List<SourceTable> tables;

  SourceDatabase(Connection connection, String publication, List<SourceTable> tables) {
    this.connection = connection;
    this.publication = publication;
    this.tables = tables;
  }

  /** What is wrong, each with what mends it; empty if all is well. */
  List<String> problems() throws SQLException {
    List<String> problems = new ArrayList<>();
    server(problems);
    List<SourceTable> present = new ArrayList<>();
    for (SourceTable table : tables) {
      if (truth("select to_regclass(?) is not null", table.sqlName())) {
        present.add(table);
      } else {
        problems.add(
            table.equals(IngestOptions.HEARTBEAT_TABLE)
                ? "table " + table + " does not exist; run './streams migrate'"
                : "table " + table + " of the model does not exist");
      }
    }
    if (!truth("select to_regclass(?) is not null", "streams.cdc_generation")) {
      problems.add("sequence streams.cdc_generation does not exist; run './streams migrate'");
    } else if (!truth("select has_sequence_privilege('streams.cdc_generation', 'update')")) {
      problems.add(
          "the user may not set the number of a snapshot: grant usage, update on sequence streams.cdc_generation to %s;"
              .formatted(user()));
    }
    if (!truth("select to_regclass(?) is not null", "streams.ingest_holes")) {
      problems.add("table streams.ingest_holes does not exist; run './streams migrate'");
    } else if (!truth(
        "select has_table_privilege('streams.ingest_holes', 'select') and has_table_privilege('streams.ingest_holes', 'insert') and has_table_privilege('streams.ingest_holes', 'update') and has_table_privilege('streams.ingest_holes', 'delete')")) {
      problems.add(
          "the user may not tell of rows that are too large: grant select, insert, update, delete on streams.ingest_holes to %s;"
              .formatted(user()));
    }
    publication(present, problems);
    for (SourceTable table : present) {
      identity(table, problems);
      if (truth("select row_security_active(?::regclass)", table.sqlName())) {
        // the stream has all rows, so a snapshot without some is wrong without a word
        problems.add(
            "row-level security hides rows of table %s from the user: alter role %s bypassrls;"
                .formatted(table, user()));
      }
    }
    return problems;
  }

  private void server(List<String> problems) throws SQLException {
    if (!truth("select current_setting('wal_level') = ?", "logical")) {
      problems.add(
          "wal_level is not 'logical': alter system set wal_level = logical; then restart Postgres");
    }
    if (!truth("select rolreplication or rolsuper from pg_roles where rolname = current_user")) {
      problems.add(
          "the user may not read a replication slot: alter role %s replication;".formatted(user()));
    }
  }

  private void publication(List<SourceTable> present, List<String> problems) throws SQLException {
    if (!truth("select exists (select from pg_publication where pubname = ?)", publication)) {
      problems.add(
          "publication %s does not exist; run './streams migrate', or: create publication %s for table %s with (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);"
              .formatted(
                  publication,
                  publication,
                  present.stream().map(SourceTable::sqlName).collect(Collectors.joining(", "))));
      return;
    }
    if (!truth(
        "select pubinsert and pubupdate and pubdelete and pubtruncate and pubviaroot from pg_publication where pubname = ?",
        publication)) {
      problems.add(
          "publication %s does not publish everything: alter publication %s set (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);"
              .formatted(publication, publication));
    }
    if (!truth("select to_regprocedure('streams.published_tables(name)') is not null")) {
      problems.add("function streams.published_tables does not exist; run './streams migrate'");
    } else {
      problems.addAll(PublishedTables.ask(connection, publication).problems());
    }
    for (SourceTable table : present) {
      if (truth(
          // both columns are new in Postgres 15: read as JSON, absent is null
          "select exists (select from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where p.pubname = ? and r.prrelid = ?::regclass and (to_jsonb(r) ->> 'prqual' is not null or to_jsonb(r) ->> 'prattrs' is not null))",
          publication,
          table.sqlName())) {
        problems.add(
            "publication %s holds back rows or columns of %s: alter publication %s drop table %s; alter publication %s add table %s;"
                .formatted(
                    publication,
                    table,
                    publication,
                    table.sqlName(),
                    publication,
                    table.sqlName()));
      }
    }
  }

  private void identity(SourceTable table, List<String> problems) throws SQLException {
    if (!truth(
        "select exists (select from pg_index where indrelid = ?::regclass and indisprimary)",
        table.sqlName())) {
      problems.add(
          "table %s has no primary key, so its rows cannot be told apart: alter table %s add primary key (…);"
              .formatted(table, table.sqlName()));
    } else if (!truth(
        """
        select case relreplident
          when 'd' then true
          when 'f' then true
          when 'i' then exists (
            select from pg_index replica, pg_index pk
            where replica.indrelid = c.oid and replica.indisreplident
              and pk.indrelid = c.oid and pk.indisprimary
              and pk.indkey::int2[] <@ replica.indkey::int2[])
          else false end
        from pg_class c where c.oid = ?::regclass
        """,
        table.sqlName())) {
      problems.add(
          "replica identity of %s does not hold its primary key, so a delete would not say which row: alter table %s replica identity default;"
              .formatted(table, table.sqlName()));
    }
  }

  private String user() throws SQLException {
    return connection.getMetaData().getUserName();
  }

  private boolean truth(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
