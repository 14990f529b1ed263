package com.shareuptime.streams.cli.check;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.topic.Topics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the product's database can be read by logical replication, completely. */
final class SourceCheck {
  /** Of what a slot may hold back, the part from which on it is time to act. */
  private static final double HELD_WAL_WARNING = 0.5;

  private static final String HEARTBEAT = "streams.pipeline_heartbeat";

  private final Connection source;
  private final String slot;
  private final String publication;

  SourceCheck(Connection source, Settings settings) {
    this.source = source;
    this.slot = settings.get(Settings.SLOT).orElse("streams_ingest");
    this.publication = settings.get(Settings.PUBLICATION).orElse("streams_cdc");
  }

  List<CheckFinding> run() throws SQLException {
    List<CheckFinding> findings = new ArrayList<>();
    findings.add(walLevel());
    findings.add(publication());
    findings.add(replicaIdentities());
    findings.add(tables());
    findings.add(holes());
    findings.add(slot());
    findings.add(walLimit());
    return findings;
  }

  private CheckFinding walLevel() throws SQLException {
    String level = one("show wal_level");
    return level.equals("logical")
        ? CheckFinding.ok("wal_level", level)
        : CheckFinding.wrong(
            "wal_level",
            "is " + level + ", needs logical",
            "alter system set wal_level = 'logical'; -- then restart Postgres");
  }

  private CheckFinding publication() throws SQLException {
    String what = "publication " + publication;
    if (one("select count(*) from pg_publication where pubname = ?", publication).equals("0")) {
      return CheckFinding.wrong(what, "does not exist", "./streams migrate");
    }
    Set<String> missing = wanted();
    missing.removeAll(
        column(
            "select schemaname || '.' || tablename from pg_publication_tables where pubname = ?",
            publication));
    if (!missing.isEmpty()) {
      return CheckFinding.wrong(
          what,
          "lacks " + String.join(", ", missing),
          "alter publication " + publication + " add table " + String.join(", ", missing) + ";");
    }
    String operations =
        one(
            "select pubinsert and pubupdate and pubdelete and pubtruncate and pubviaroot"
                + " from pg_publication where pubname = ?",
            publication);
    if (!operations.equals("t")) {
      return CheckFinding.wrong(
          what,
          "does not publish every kind of change",
          "alter publication "
              + publication
              + " set (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);");
    }
    return CheckFinding.ok(what, wanted().size() + " tables");
  }

  private static Set<String> wanted() {
    return Stream.concat(
            Topics.TABLES.stream().map(table -> "public." + table), Stream.of(HEARTBEAT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Without one, updates and deletes of a published table fail in the product. */
  private CheckFinding replicaIdentities() throws SQLException {
    Set<String> bad =
        column(
            """
            select n.nspname || '.' || c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname || '.' || c.relname = any (string_to_array(?, ','))
              and (c.relreplident = 'n' or c.relreplident = 'd'
                   and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary))
            """,
            String.join(",", wanted()));
    if (bad.isEmpty()) {
      return wholeOldRows();
    }
    return CheckFinding.wrong(
        "replica identity",
        "deletes and updates carry no key: " + String.join(", ", bad),
        bad.stream()
                .map(table -> "alter table " + table + " replica identity default;")
                .collect(Collectors.joining(" "))
            + " -- needs a primary key");
  }

  /** Else a text of many kilobytes is in no record of its topic once another column has changed. */
  private CheckFinding wholeOldRows() throws SQLException {
    Set<String> partial =
        column(
            """
            select n.nspname || '.' || c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname || '.' || c.relname = any (string_to_array(?, ',')) and c.relreplident <> 'f'
            """,
            "public.posts,public.reels,public.users");
    return partial.isEmpty()
        ? CheckFinding.ok(
            "replica identity", "every table has one, posts, reels and users the whole old row")
        : CheckFinding.wrong(
            "replica identity",
            "updates do not carry a large text that they do not change, so rebuilt"
                + " documents lack it: "
                + String.join(", ", partial),
            partial.stream()
                .map(table -> "alter table " + table + " replica identity full;")
                .collect(Collectors.joining(" ")));
  }

  /** As ingest looks at them before each heartbeat. */
  private CheckFinding tables() throws SQLException {
    String what = "published tables";
    if (one("select to_regprocedure('streams.published_tables(name)') is not null").equals("f")) {
      return CheckFinding.wrong(what, "cannot be examined", "./streams migrate");
    }
    Set<String> problems =
        column(
            "select table_name || ' ' || problem from streams.published_tables(?) where problem is not null",
            publication);
    return problems.isEmpty()
        ? CheckFinding.ok(what, "as expected, with every column that jobs need")
        : CheckFinding.wrong(
            what,
            String.join("; ", problems),
            String.join(
                    " ",
                    column(
                        "select mend from streams.published_tables(?) where problem is not null",
                        publication))
                + " then ./streams cancel ingest (if it runs); ./streams submit ingest --fresh");
  }

  private CheckFinding holes() throws SQLException {
    String what = "rows too large";
    if (one("select to_regclass('streams.ingest_holes') is not null").equals("f")) {
      return CheckFinding.wrong(what, "cannot be examined", "./streams migrate");
    }
    String open = one("select count(*) from streams.ingest_holes where filled_at is null");
    return open.equals("0")
        ? CheckFinding.ok(what, "none")
        : CheckFinding.warning(
            what,
            open + " are not whole in their topics",
            "./streams reconcile --repair auto -- fills documents from the tables; or raise ingest.largest-row and the topics' max.message.bytes, or shorten them.");
  }

  private CheckFinding slot() throws SQLException {
    String what = "slot " + slot;
    try (PreparedStatement statement =
        source.prepareStatement(
            """
            select active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) as held,
                   (select setting::bigint from pg_settings where name = 'max_slot_wal_keep_size') * 1024 * 1024
                     as most
            from pg_replication_slots where slot_name = ?
            """)) {
      statement.setString(1, slot);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return CheckFinding.warning(
              what,
              "does not exist",
              "./streams submit ingest --fresh -- creates it, with a snapshot of every table");
        }
        String status = row.getString("wal_status");
        long held = row.getLong("held");
        long most = row.getLong("most");
        if ("lost".equals(status)) {
          return CheckFinding.wrong(
              what,
              "is lost: Postgres removed log that ingest had not read",
              "./streams cancel ingest; ./streams submit ingest --fresh -- a new snapshot");
        }
        String detail = "holds back %,d MiB of log".formatted(held >> 20);
        if (most > 0 && held > most * HELD_WAL_WARNING) {
          return CheckFinding.warning(
              what,
              detail + " of %,d MiB at most".formatted(most >> 20),
              "See why ingest lags (./streams status); or raise max_slot_wal_keep_size.");
        }
        if (!row.getBoolean("active")) {
          return CheckFinding.warning(
              what, "nobody reads it; it " + detail, "./streams submit ingest");
        }
        return CheckFinding.ok(what, "active, " + detail);
      }
    }
  }

  private CheckFinding walLimit() throws SQLException {
    String limit = one("show max_slot_wal_keep_size");
    return limit.equals("-1")
        ? CheckFinding.warning(
            "max_slot_wal_keep_size",
            "is unlimited: a stopped ingest fills the disk of the product's database",
            "alter system set max_slot_wal_keep_size = '64GB'; select pg_reload_conf();")
        : CheckFinding.ok("max_slot_wal_keep_size", limit);
  }

  private String one(String sql, String... parameters) throws SQLException {
    return column(sql, parameters).iterator().next();
  }

  private Set<String> column(String sql, String... parameters) throws SQLException {
    try (PreparedStatement statement = source.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      Set<String> values = new TreeSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }
}
