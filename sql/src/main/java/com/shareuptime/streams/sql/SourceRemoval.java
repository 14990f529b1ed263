package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away what migrate and ingest have added to the product's database, but for the replication
 * slot, which must be gone before. May be repeated, also after one that has ended half-way.
 *
 * @param steps each a transaction of its own, in this order
 * @param left statements for what others have made at our advice, and may want to keep
 */
public record SourceRemoval(List<List<String>> steps, List<String> left) {
  private static final String PUBLICATION =
      "select 'drop publication ' || pubname from pg_publication where pubname = 'streams_cdc'";

  private static final String SCHEMAS =
      """
      select format('drop schema %I cascade', nspname) from pg_namespace
      where nspname in ('streams', 'streams_model') order by nspname desc""";

  /** So that it ends before, or begins after, one that migrates. */
  private static final String ALONE = "select pg_advisory_xact_lock(hashtext('streams_model'))";

  private static final String HAS_READ_MODELS =
      "select to_regclass('streams.flyway_history_sink') is not null";

  private static final String IS_OURS =
      "select to_regnamespace('streams') is null or to_regclass('streams.flyway_history_source') is not null";

  /** What would go with the schemas, and is in neither of them. */
  private static final String DEPENDENTS =
      """
      with ours (classid, objid) as (
        select 'pg_class'::regclass::oid, oid from pg_class
        where relnamespace in (to_regnamespace('streams')::oid, to_regnamespace('streams_model')::oid)
        union all
        select 'pg_proc'::regclass::oid, oid from pg_proc
        where pronamespace in (to_regnamespace('streams')::oid, to_regnamespace('streams_model')::oid)
        union all
        select 'pg_type'::regclass::oid, oid from pg_type
        where typnamespace in (to_regnamespace('streams')::oid, to_regnamespace('streams_model')::oid)
      )
      select distinct pg_describe_object(d.classid, d.objid, d.objsubid)
      from ours join pg_depend d on d.refclassid = ours.classid and d.refobjid = ours.objid
      cross join lateral pg_identify_object_as_address(d.classid, d.objid, d.objsubid) as address
      where d.deptype = 'n' and address.object_names[1] not in ('streams', 'streams_model')
        and not exists (select from ours o where o.classid = d.classid and o.objid = d.objid)
      order by 1""";

  private static final String ADVISED =
      """
      select format('drop index concurrently %I.%I;', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('i', 'I') and c.relname like 'streams\\_%\\_by\\_%' and n.nspname not in ('streams', 'streams_model')
      order by 1""";

  public SourceRemoval {
    steps = steps.stream().map(List::copyOf).toList();
    left = List.copyOf(left);
  }

  /**
   * Changes nothing.
   *
   * @throws CommandException if something that is not ours would go too
   */
  public static SourceRemoval plan(Connection connection) throws SQLException {
    if (Sql.is(connection, HAS_READ_MODELS)) {
      throw CommandException.wrong(
          "The schema streams of this database has read models of an installation, not of this stack.",
          "Undo that installation by hand: sql/README.md, Rolling back.");
    }
    if (!Sql.is(connection, IS_OURS)) {
      throw CommandException.wrong(
          "The schema streams of this database is not of migrate: it lacks flyway_history_source.",
          "See whose it is, and drop by hand what of it was for this.");
    }
    List<String> dependents = Sql.texts(connection, DEPENDENTS);
    if (!dependents.isEmpty()) {
      throw CommandException.wrong(
          "These use what would be dropped: " + String.join("; ", dependents) + ".",
          "Drop them, or make them use the product's tables; then run this again.");
    }
    List<List<String>> steps = new ArrayList<>();
    // first: while a table is published, its identity must be enough for that
    Sql.texts(connection, PUBLICATION).forEach(statement -> steps.add(List.of(statement)));
    ReplicaIdentities.undo(connection).forEach(statement -> steps.add(List.of(statement)));
    ModelIndexes.undo(connection).forEach(statement -> steps.add(List.of(statement)));
    // last: until then they say what is to be set back
    List<String> schemas = Sql.texts(connection, SCHEMAS);
    if (!schemas.isEmpty()) {
      steps.add(schemas);
    }
    return new SourceRemoval(steps, Sql.texts(connection, ADVISED));
  }

  /** All that is to be run, in this order. */
  public List<String> statements() {
    return steps.stream().flatMap(List::stream).toList();
  }

  /**
   * Waits for no lock longer than 300 ms at once.
   *
   * @throws SQLException if one fails; those before it are done
   */
  public void apply(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    for (List<String> step : steps) {
      List<String> alone = new ArrayList<>(List.of(ALONE));
      alone.addAll(step);
      ShortLocks.commit(connection, alone);
    }
  }
}
