package com.shareuptime.streams.cli.check;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.sql.SourceModel;
import com.shareuptime.streams.sql.TableRights;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;

/** Whether a database that has nothing of ours yet can be migrated and read by ingest. */
public final class SourceReadiness {
  private static final String RECOVERY = "select not pg_is_in_recovery()";
  private static final String WAL_LEVEL = "select current_setting('wal_level') = 'logical'";

  private static final String REPLICATION =
      "select rolreplication or rolsuper from pg_roles where rolname = current_user";

  private static final String CREATE =
      "select has_database_privilege(current_database(), 'create')";

  /** Without to_regclass, which takes the right to use the schema. */
  private static final String SCHEMA =
      """
      select to_regnamespace('streams') is null
             or exists (select from pg_class where relnamespace = to_regnamespace('streams') and relname = 'flyway_history_source')""";

  private static final String SLOTS =
      "select count(*) < current_setting('max_replication_slots')::int from pg_replication_slots";

  private static final String SENDERS =
      "select count(*) < current_setting('max_wal_senders')::int from pg_stat_replication";

  private static final String SLOT =
      "select exists (select from pg_replication_slots where slot_name = ?)";

  private final Handle source;
  private final String slot;
  private final List<CheckFinding> problems = new ArrayList<>();

  private SourceReadiness(Handle source, String slot) {
    this.source = source;
    this.slot = slot;
  }

  /**
   * Changes nothing.
   *
   * @param isOurs whether the slot, if it is there, is that of our ingest
   * @throws CommandException if it is not ready, with all that is wrong and what mends it
   */
  public static void require(Handle source, SourceModel model, String slot, boolean isOurs)
      throws SQLException {
    new SourceReadiness(source, slot).examine(model, isOurs);
  }

  private void examine(SourceModel model, boolean isOurs) throws SQLException {
    require(
        is(RECOVERY), "server", "is a standby, which cannot be written to", "Name the primary.");
    require(
        is(WAL_LEVEL),
        "wal_level",
        "is " + one("show wal_level") + ", needs logical",
        "alter system set wal_level = logical; -- then restart Postgres");
    require(
        is(REPLICATION),
        "user " + one("select current_user"),
        "may not read a replication slot",
        one("select format('alter role %I replication;', current_user)"));
    require(
        is(CREATE),
        "database",
        "lets the user create no schema and no publication",
        one(
            "select format('grant create on database %I to %I;', current_database(), current_user)"));
    require(
        is(SCHEMA),
        "schema streams",
        "is there, and is not of migrate",
        "Rename it, or read another database: the name is fixed.");
    slot(isOurs);
    for (TableRights.Lack lack : TableRights.lacking(source.getConnection(), model)) {
      problems.add(CheckFinding.wrong("table", lack.what(), lack.remedy()));
    }
    if (!problems.isEmpty()) {
      throw refused();
    }
  }

  private void slot(boolean isOurs) {
    if (source.select(SLOT, slot).mapTo(boolean.class).one()) {
      require(
          isOurs,
          "slot " + slot,
          "is there already: another installation reads this database",
          "End that one (./streams down --detach there). If nobody reads it any more: select pg_drop_replication_slot('"
              + slot
              + "');");
      return;
    }
    require(
        is(SLOTS),
        "replication slots",
        "are all in use, all " + one("show max_replication_slots"),
        "alter system set max_replication_slots = %s; -- then restart Postgres; or drop one of pg_replication_slots that nobody needs"
            .formatted(oneMoreThan("max_replication_slots")));
    require(
        is(SENDERS),
        "wal senders",
        "are all in use, all " + one("show max_wal_senders"),
        "alter system set max_wal_senders = %s; -- then restart Postgres"
            .formatted(oneMoreThan("max_wal_senders")));
  }

  private String oneMoreThan(String setting) {
    return one("select current_setting('" + setting + "')::int + 1");
  }

  private void require(boolean isRight, String check, String detail, String remedy) {
    if (!isRight) {
      problems.add(CheckFinding.wrong(check, detail, remedy));
    }
  }

  private CommandException refused() {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    lines.add("The product's database cannot be read as it is; nothing was changed.");
    problems.forEach(problem -> lines.add(problem.text()));
    return CommandException.wrong(lines.toString(), "Mend these, and run the same again.");
  }

  private boolean is(String sql) {
    return source.select(sql).mapTo(boolean.class).one();
  }

  private String one(String sql) {
    return source.select(sql).mapTo(String.class).one();
  }
}
