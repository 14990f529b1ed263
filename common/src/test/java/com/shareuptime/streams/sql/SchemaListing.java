package com.shareuptime.streams.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a database has but rows, as texts: what a dump of its schema would say, and what it
 * would leave out, such as slots.
 */
final class SchemaListing {
  private static final String OTHERS =
      "nspname not like 'pg\\_%' and nspname <> 'information_schema'";

  private static final List<String> QUERIES =
      List.of(
          "select 'schema', nspname, nspowner::regrole, nspacl, obj_description(oid, 'pg_namespace') from pg_namespace where "
              + OTHERS,
          "select 'database', datacl, datdba::regrole, shobj_description(oid, 'pg_database') from pg_database where datname = current_database()",
          """
          select 'relation', c.oid::regclass, c.relkind, c.relreplident, c.relpersistence, c.relowner::regrole, c.relacl,
                 c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relispartition, pg_get_expr(c.relpartbound, c.oid),
                 c.reltablespace, obj_description(c.oid, 'pg_class'),
                 case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end
          from pg_class c join pg_namespace n on n.oid = c.relnamespace where\s"""
              + OTHERS,
          """
          select 'column', a.attrelid::regclass, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 a.attcollation, a.attstorage, a.attcompression, a.attstattarget, a.attoptions, a.attacl, a.attidentity,
                 a.attgenerated, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
          from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
          left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where\s"""
              + OTHERS,
          """
          select 'index', i.indexrelid::regclass, pg_get_indexdef(i.indexrelid), i.indisreplident, i.indisvalid, i.indisclustered
          from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where\s"""
              + OTHERS,
          """
          select 'constraint', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated,
                 obj_description(o.oid, 'pg_constraint')
          from pg_constraint o join pg_namespace n on n.oid = o.connamespace where\s"""
              + OTHERS,
          """
          select 'trigger', t.tgrelid::regclass, pg_get_triggerdef(t.oid), t.tgenabled
          from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
          where not t.tgisinternal and\s"""
              + OTHERS,
          """
          select 'function', p.oid::regprocedure, pg_get_functiondef(p.oid), p.proowner::regrole, p.proacl,
                 obj_description(p.oid, 'pg_proc')
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind in ('f', 'p') and\s"""
              + OTHERS,
          """
          select 'type', t.oid::regtype, t.typtype, t.typacl, pg_get_expr(t.typdefaultbin, 0),
                 (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
          from pg_type t join pg_namespace n on n.oid = t.typnamespace where\s"""
              + OTHERS,
          """
          select 'rule', r.ev_class::regclass, pg_get_ruledef(r.oid)
          from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace where\s"""
              + OTHERS,
          "select 'policy', polrelid::regclass, polname, polcmd, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) from pg_policy",
          "select 'publication', to_jsonb(p) - 'oid' from pg_publication p",
          "select 'published', (select pubname from pg_publication where oid = prpubid), prrelid::regclass from pg_publication_rel",
          "select 'slot', slot_name, plugin from pg_replication_slots where database = current_database()",
          "select 'statistics', stxrelid::regclass, stxname from pg_statistic_ext",
          "select 'extension', extname, extversion from pg_extension",
          "select 'event trigger', evtname, evtevent from pg_event_trigger",
          "select 'default rights', to_jsonb(a) - 'oid' from pg_default_acl a",
          "select 'setting', setconfig, setrole::regrole from pg_db_role_setting where setdatabase in (0, (select oid from pg_database where datname = current_database()))");

  private SchemaListing() {}

  /** In an order that depends on nothing but what there is. */
  static List<String> of(Connection connection) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String query : QUERIES) {
        try (ResultSet row =
            statement.executeQuery("select row_text::text from (" + query + ") row_text")) {
          while (row.next()) {
            lines.add(row.getString(1));
          }
        }
      }
    }
    lines.sort(null);
    return lines;
  }
}
