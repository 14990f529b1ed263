package com.shareuptime.streams.cli.check;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.model.ModelException;
import com.shareuptime.streams.model.expression.Problem;
import com.shareuptime.streams.sql.ReplicaIdentities;
import com.shareuptime.streams.sql.SourceModel;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Whether the product's database can be read by logical replication, completely. */
final class SourceCheck {
  /** Of what a slot may hold back, the part from which on it is time to act. */
  private static final double HELD_WAL_WARNING = 0.5;

  private static final String SLOT =
      """
      select active, wal_status, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) as held,
             (select setting::bigint from pg_settings where name = 'max_slot_wal_keep_size') * 1024 * 1024
               as most
      from pg_replication_slots where slot_name = ?
      """;

  /** In bytes of log; {@code most} is negative where there is no limit. */
  private record SlotState(boolean active, String walStatus, long held, long most) {}

  private final Handle source;
  private final String slot;
  private final String publication;

  SourceCheck(Handle source, Settings settings) {
    this.source = source;
    this.slot = settings.slot();
    this.publication = settings.get(Settings.PUBLICATION).orElse("streams_cdc");
  }

  List<CheckFinding> run() throws SQLException {
    return List.of(
        walLevel(),
        publication(),
        model(),
        replicaIdentities(),
        tables(),
        holes(),
        slot(),
        walLimit());
  }

  private CheckFinding walLevel() {
    String level = one("show wal_level");
    return level.equals("logical")
        ? CheckFinding.ok("wal_level", level)
        : CheckFinding.wrong(
            "wal_level",
            "is " + level + ", needs logical",
            "alter system set wal_level = 'logical'; -- then restart Postgres");
  }

  private CheckFinding publication() {
    String what = "publication " + publication;
    if (!is("select count(*) > 0 from pg_publication where pubname = ?", publication)) {
      return CheckFinding.wrong(what, "does not exist", "./streams migrate");
    }
    String operations =
        one(
            "select pubinsert and pubupdate and pubdelete and pubtruncate and pubviaroot from pg_publication where pubname = ?",
            publication);
    if (!operations.equals("t")) {
      return CheckFinding.wrong(
          what,
          "does not publish every kind of change",
          "alter publication "
              + publication
              + " set (publish = 'insert, update, delete, truncate', publish_via_partition_root = true);");
    }
    return CheckFinding.ok(what, "publishes every kind of change");
  }

  /** The one that migrate has installed, or else that of ShareUptime's own tables. */
  private CheckFinding model() throws SQLException {
    try {
      SourceModel.of(source.getConnection(), null);
      return CheckFinding.ok("model", "fits the tables");
    } catch (ModelException e) {
      return CheckFinding.wrong(
          "model",
          "does not fit the tables: " + joined(e, Problem::message),
          joined(e, Problem::advice) + " Or install another model: ./streams migrate --model FILE");
    }
  }

  private static String joined(ModelException refused, Function<Problem, String> part) {
    return refused.problems().stream().map(part).collect(Collectors.joining(" "));
  }

  /**
   * Else a deleted row is not known, or a text of many kilobytes is in no record of its topic once
   * another column has changed.
   */
  private CheckFinding replicaIdentities() throws SQLException {
    String what = "replica identity";
    List<String> missing;
    try {
      Connection connection = source.getConnection();
      missing = ReplicaIdentities.missing(connection, SourceModel.of(connection, null));
    } catch (ModelException e) {
      return CheckFinding.wrong(what, "cannot be examined, as the model does not fit", "see model");
    }
    return missing.isEmpty()
        ? CheckFinding.ok(what, "every table tells enough of old rows")
        : CheckFinding.wrong(
            what,
            "updates and deletes do not tell enough of old rows of " + missing.size() + " tables",
            String.join("; ", missing) + ";");
  }

  /** As ingest looks at them before each heartbeat. */
  private CheckFinding tables() {
    String what = "published tables";
    if (!is("select to_regprocedure('streams.published_tables(name)') is not null")) {
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

  private CheckFinding holes() {
    String what = "rows too large";
    if (!is("select to_regclass('streams.ingest_holes') is not null")) {
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

  private CheckFinding slot() {
    String what = "slot " + slot;
    return source
        .select(SLOT, slot)
        .mapTo(SlotState.class)
        .findOne()
        .map(state -> slot(what, state))
        .orElseGet(
            () ->
                CheckFinding.warning(
                    what,
                    "does not exist",
                    "./streams submit ingest --fresh -- creates it, with a snapshot of every table"));
  }

  private static CheckFinding slot(String what, SlotState slot) {
    if ("lost".equals(slot.walStatus())) {
      return CheckFinding.wrong(
          what,
          "is lost: Postgres removed log that ingest had not read",
          "./streams cancel ingest; ./streams submit ingest --fresh -- a new snapshot");
    }
    String detail = "holds back %,d MiB of log".formatted(slot.held() >> 20);
    if (slot.most() > 0 && slot.held() > slot.most() * HELD_WAL_WARNING) {
      return CheckFinding.warning(
          what,
          detail + " of %,d MiB at most".formatted(slot.most() >> 20),
          "See why ingest lags (./streams status); or raise max_slot_wal_keep_size.");
    }
    return slot.active()
        ? CheckFinding.ok(what, "active, " + detail)
        : CheckFinding.warning(what, "nobody reads it; it " + detail, "./streams submit ingest");
  }

  private CheckFinding walLimit() {
    String limit = one("show max_slot_wal_keep_size");
    return limit.equals("-1")
        ? CheckFinding.warning(
            "max_slot_wal_keep_size",
            "is unlimited: a stopped ingest fills the disk of the product's database",
            "alter system set max_slot_wal_keep_size = '64GB'; select pg_reload_conf();")
        : CheckFinding.ok("max_slot_wal_keep_size", limit);
  }

  private String one(String sql, Object... parameters) {
    return column(sql, parameters).iterator().next();
  }

  private boolean is(String sql, Object... parameters) {
    return source.select(sql, parameters).mapTo(boolean.class).one();
  }

  private Set<String> column(String sql, Object... parameters) {
    return new TreeSet<>(source.select(sql, parameters).mapTo(String.class).list());
  }
}
