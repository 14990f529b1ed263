package com.shareuptime.streams.sql;

import com.shareuptime.streams.model.BoundBranch;
import com.shareuptime.streams.model.catalog.CatalogTable;
import com.shareuptime.streams.model.catalog.SqlType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The function {@code streams.published_tables}, which ingest and doctor ask about the tables of
 * the model: its text names them, and the columns that the model names.
 */
final class PublishedTablesFunction {
  /** Only catalogs are read: whoever alters a table does not make ingest wait. */
  private static final String BODY =
      """

      #variable_conflict use_column
      declare
        schemas oid[] := '{}';
      begin
        if to_regclass('pg_catalog.pg_publication_namespace') is not null then -- since Postgres 15
          execute 'select array_agg(n.pnnspid) from pg_publication_namespace n
                   join pg_publication p on p.oid = n.pnpubid where p.pubname = $1' into schemas using publication;
        end if;
        return query
        with needed (schema, name, columns, types) as (
          values
      {tables}
        ),
        looked as (
          select n.*, format('%I.%I', n.schema, n.name) as quoted,
                 to_regclass(format('%I.%I', n.schema, n.name))::oid as relation
          from needed n
        ),
        published as (
          select c.oid as relid from pg_class c
          where c.oid in (select relation from looked)
            and exists (select from pg_publication p
                        where p.pubname = publication
                          and (p.puballtables or c.relnamespace = any (schemas)
                               or exists (select from pg_publication_rel r where r.prpubid = p.oid and r.prrelid = c.oid)))
        ),
        wrong as (
          select l.quoted,
                 string_agg(
                   c.name
                     || case when a.attname is null then ' (gone)'
                             else ' (' || format_type(a.atttypid, a.atttypmod) || ', needs '
                               || case c.type
                                    when 'time' then 'timestamptz'
                                    when 'integer' then 'a whole number'
                                    when 'array' then 'an array'
                                    else c.type end || ')'
                        end, ', ' order by c.ord) as columns
          from looked l
          cross join unnest(l.columns, l.types) with ordinality as c (name, type, ord)
          left join pg_attribute a
            on a.attrelid = l.relation and a.attname = c.name and a.attnum > 0 and not a.attisdropped
          left join pg_type t on t.oid = a.atttypid
          where l.relation is not null
            and (a.attname is null
                 or not case c.type
                          when 'integer' then coalesce(nullif(t.typbasetype, 0), t.oid)
                                                in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
                          when 'boolean' then t.typcategory = 'B'
                          when 'time' then coalesce(nullif(t.typbasetype, 0), t.oid) = 'timestamptz'::regtype
                          when 'text' then t.typcategory in ('S', 'E')
                          when 'array' then t.typcategory = 'A'
                          when 'any' then true
                          else format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) = c.type end)
          group by l.quoted
        )
        select l.schema || '.' || l.name, l.relation, l.columns,
               case when l.relation is null then 'does not exist'
                    when p.relid is null then 'is not the table that publication ' || publication || ' publishes'
                    when w.columns is not null then 'has other columns: ' || w.columns
                    when row_security_active(l.relation)
                      then 'hides rows from ' || current_user || ' by row-level security' end,
               case when l.relation is null then 'rename the table back, or make it;'
                    when p.relid is null then format('alter publication %I add table %s;', publication, l.quoted)
                    when w.columns is not null
                      then format('alter table %s … -- bring these columns back as they were;', l.quoted)
                    when row_security_active(l.relation) then format('alter role %I bypassrls;', current_user) end
        from looked l left join published p on p.relid = l.relation left join wrong w on w.quoted = l.quoted;
      end
      """;

  private static final String FUNCTION =
      """
      create or replace function streams.published_tables(publication name)
      returns table (table_name text, relation oid, columns text[], problem text, mend text)
      language plpgsql stable as $body$%s$body$""";

  private static final String COMMENT =
      """
      comment on function streams.published_tables(name) is 'Made by migrate of the model. Each table that ingest reads, \
      as SCHEMA.TABLE without quotes: its oid, the columns that the model names, and what is wrong with it as it is now, \
      with what mends it; null if nothing is'""";

  private static final String IS_THERE =
      """
      select exists (select from pg_proc
                     where oid = to_regprocedure('streams.published_tables(name)') and prosrc = ?)""";

  private static final String HEARTBEATS =
      "    ('streams', 'pipeline_heartbeat', array['id', 'beat_at', 'lsn'], array['integer', 'time', 'integer'])";

  private PublishedTablesFunction() {}

  /** What makes it, if it is not there as it must be. */
  static List<String> missing(Connection connection, SourceModel model) throws SQLException {
    String body = BODY.replace("{tables}", tables(model));
    return Sql.is(connection, IS_THERE, body)
        ? List.of()
        : List.of(FUNCTION.formatted(body), COMMENT);
  }

  private static String tables(SourceModel model) {
    Map<CatalogTable, Set<String>> columns = new LinkedHashMap<>();
    for (BoundBranch branch : model.branches()) {
      columns
          .computeIfAbsent(branch.table(), table -> new HashSet<>())
          .addAll(branch.neededColumns());
    }
    List<String> rows = new ArrayList<>();
    columns.forEach(
        (table, named) -> {
          // in the order of the table
          List<String> names = new ArrayList<>();
          List<String> types = new ArrayList<>();
          table.columns().stream()
              .filter(column -> named.contains(column.name()))
              .forEach(
                  column -> {
                    names.add(column.name());
                    types.add(type(column.type()));
                  });
          rows.add(
              "    (%s, %s, %s, %s)"
                  .formatted(
                      literal(table.schema()), literal(table.name()), array(names), array(types)));
        });
    rows.add(HEARTBEATS);
    return String.join(",\n", rows);
  }

  /** As wide as a column may change without changing what its values mean. */
  private static String type(SqlType type) {
    return switch (type.kind()) {
      case INT2, INT4, INT8 -> "integer";
      case BOOL -> "boolean";
      case TIMESTAMPTZ -> "time";
      case TEXT, VARCHAR, CHAR, ENUM -> "text";
      case ARRAY -> "array";
      case OTHER, UNKNOWN -> "any";
      default -> type.name();
    };
  }

  private static String array(List<String> values) {
    return values.stream()
        .map(PublishedTablesFunction::literal)
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  private static String literal(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
