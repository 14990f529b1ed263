package com.shareuptime.streams.sql;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.model.catalog.CatalogTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The publication that ingest reads: the tables of the model and the heartbeats. From the moment
 * that it holds a table whose rows have no identity, the product's own updates and deletes of it
 * fail; so it is looked at once more in the transaction that publishes.
 */
final class Publication {
  private static final String NAME = "streams_cdc";

  /** Since this version, a generated column that is not published spoils an identity. */
  private static final int PUBLISHES_GENERATED = 18;

  /** A partitioned table is published under its own name, not under those of its partitions. */
  private static final String OPTIONS =
      "publish = 'insert, update, delete, truncate', publish_via_partition_root = true";

  private static final String OF_18 = ", publish_generated_columns = stored";

  private static final String EXISTS =
      "select exists (select from pg_publication where pubname = '" + NAME + "')";

  private static final String HOLDS_ALL =
      "select exists (select from pg_publication where pubname = '" + NAME + "' and puballtables)";

  // publish_generated_columns is new in 18: read as JSON, absent is null
  private static final String HAS_OPTIONS =
      """
      select p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate and p.pubviaroot
             and coalesce(to_jsonb(p) ->> 'pubgencols', 's') = 's'
      from pg_publication p where p.pubname = '%s'"""
          .formatted(NAME);

  private static final String WANTED =
      """
      with wanted as (
        select format('%I.%I', w.schema, w.name) as name, w.place
        from unnest(?::text[], ?::text[]) with ordinality as w (schema, name, place)
      ),
      held as (
        select format('%I.%I', n.nspname, c.relname) as name
        from pg_publication p join pg_publication_rel r on r.prpubid = p.oid
        join pg_class c on c.oid = r.prrelid join pg_namespace n on n.oid = c.relnamespace
        where p.pubname = 'streams_cdc'
      )
      """;

  private static final String LACKS =
      WANTED + "select name from wanted where name not in (select name from held) order by place";

  private static final String SUPERFLUOUS =
      WANTED + "select name from held where name not in (select name from wanted) order by name";

  /** Of the tables and their partitions. */
  private static final String WITHOUT_IDENTITY =
      """
      select c.oid::regclass::text
      from unnest(?::text[], ?::text[]) as w (schema, name)
      cross join to_regclass(format('%I.%I', w.schema, w.name)) as root
      cross join lateral (select root::oid as relid union select p.relid from pg_partition_tree(root) p) part
      join pg_class c on c.oid = part.relid and c.relkind in ('r', 'p')
      where case c.relreplident
              when 'f' then exists (
                select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
                  and current_setting('server_version_num')::int >= 180000 and a.attgenerated = 'v')
              when 'd' then not exists (
                select from pg_index i where i.indrelid = c.oid and i.indisprimary and i.indimmediate)
              when 'i' then not exists (
                select from pg_index i where i.indrelid = c.oid and i.indisreplident)
              else true end
      order by 1""";

  private final Connection connection;
  private final List<String> schemas = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  Publication(Connection connection, SourceModel model) {
    this.connection = connection;
    for (CatalogTable table : model.tables()) {
      schemas.add(table.schema());
      names.add(table.name());
    }
    schemas.add("streams");
    names.add("pipeline_heartbeat");
  }

  /** The statements that are missing for it to hold the tables of the model, and no other. */
  List<String> missing() throws SQLException {
    List<String> statements = new ArrayList<>();
    String options =
        connection.getMetaData().getDatabaseMajorVersion() < PUBLISHES_GENERATED
            ? OPTIONS
            : OPTIONS + OF_18;
    if (!Sql.is(connection, EXISTS)) {
      statements.add("create publication " + NAME + " with (" + options + ")");
    } else if (!Sql.is(connection, HAS_OPTIONS)) {
      statements.add("alter publication " + NAME + " set (" + options + ")");
    }
    if (Sql.is(connection, HOLDS_ALL)) {
      return statements;
    }
    List<String> lacks = Sql.texts(connection, LACKS, schemas, names);
    if (!lacks.isEmpty()) {
      statements.add("alter publication " + NAME + " add table " + String.join(", ", lacks));
    }
    List<String> superfluous = Sql.texts(connection, SUPERFLUOUS, schemas, names);
    if (!superfluous.isEmpty()) {
      statements.add("alter publication " + NAME + " drop table " + String.join(", ", superfluous));
    }
    return statements;
  }

  /**
   * To be called after they were published and before the commit: nobody can take away a key from
   * then on, as publishing has locked the tables against it.
   */
  void requireIdentities() throws SQLException {
    List<String> bad = Sql.texts(connection, WITHOUT_IDENTITY, schemas, names);
    if (!bad.isEmpty()) {
      throw CommandException.wrong(
          "Nothing was published: the product's own updates and deletes of %s would fail from then on, as rows without a primary key, or with columns that are generated when they are read, cannot be streamed."
              .formatted(String.join(", ", bad)),
          "Run ./streams model check, which prints what mends it. Then migrate again.");
    }
  }

  /** What the function that ingest asks says of the tables. */
  void requireReadable() throws SQLException {
    List<String> problems =
        Sql.texts(
            connection,
            "select table_name || ' ' || problem from streams.published_tables('%s') where problem is not null"
                .formatted(NAME));
    if (!problems.isEmpty()) {
      throw CommandException.wrong(
          "The tables cannot be read as they are: " + String.join("; ", problems) + ".",
          "Run: "
              + String.join(
                  " ",
                  Sql.texts(
                      connection,
                      "select distinct mend from streams.published_tables('%s') where problem is not null"
                          .formatted(NAME)))
              + " Then migrate again.");
    }
  }
}
