package com.shareuptime.streams.model.catalog;

import com.shareuptime.streams.model.catalog.CatalogTable.ForeignKey;
import com.shareuptime.streams.model.catalog.CatalogTable.ReplicaIdentity;
import com.shareuptime.streams.model.catalog.CatalogTable.UniqueIndex;
import com.shareuptime.streams.model.catalog.SqlType.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tables from {@code pg_catalog}, of all schemas but Postgres' own and ours. */
public final class CatalogReader {
  private static final int GENERATED_ARE_STREAMED = 18;

  private static final String SCHEMAS =
      "n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'streams', 'streams_model')";

  private static final String COLUMNS =
      """
      select n.nspname, c.relname,
        case when c.relreplident = 'i' and exists (select from pg_index i, pg_index k
            where i.indrelid = c.oid and i.indisreplident and k.indrelid = c.oid
              and k.indisprimary and k.indkey::int2[] <@ i.indkey::int2[])
          then 'd' else c.relreplident::text end,
        a.attname, a.attnotnull or t.typnotnull,
        case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end,
        b.typname, b.typtype::text, b.typcategory::text, format_type(b.oid, null),
        case when t.typtype = 'd' then t.typtypmod else a.atttypmod end,
        array(select e.enumlabel::text from pg_enum e where e.enumtypid = b.oid
          order by e.enumsortorder)
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relkind in ('r', 'p') and not c.relispartition and %s
      order by n.nspname, c.relname, a.attnum
      """
          .formatted(SCHEMAS);

  private static final String INDEXES =
      """
      select n.nspname, c.relname, i.indisprimary, x.relname,
        array(select a.attname::text from unnest(i.indkey::int[]) with ordinality k (num, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
          where k.place <= i.indnkeyatts order by k.place),
        i.indisreplident and c.relreplident = 'i'
      from pg_index i
      join pg_class c on c.oid = i.indrelid
      join pg_class x on x.oid = i.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      where i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null
        and i.indexprs is null and c.relkind in ('r', 'p') and %s
      order by x.relname
      """
          .formatted(SCHEMAS);

  private static final String FOREIGN_KEYS =
      """
      select n.nspname, c.relname, a.attname, tn.nspname, t.relname, ta.attname
      from pg_constraint f
      join pg_class c on c.oid = f.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = f.confrelid
      join pg_namespace tn on tn.oid = t.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1]
      join pg_attribute ta on ta.attrelid = t.oid and ta.attnum = f.confkey[1]
      where f.contype = 'f' and cardinality(f.conkey) = 1 and f.conparentid = 0 and %s
      order by f.conname
      """
          .formatted(SCHEMAS);

  /** Of one column each, that all rows meet. */
  private static final String CHECKS =
      """
      select n.nspname, c.relname, a.attname, pg_get_expr(k.conbin, k.conrelid)
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'c' and k.convalidated and cardinality(k.conkey) = 1 and %s
      order by k.conname
      """
          .formatted(SCHEMAS);

  /** As Postgres writes {@code column in ('one', 'other')}. */
  private static final Pattern LISTED =
      Pattern.compile(
          "\\(+[\\w\"]+\\)?(?:::text)? = (?:ANY \\(+ARRAY\\[)?((?:'[^']*'::[a-z ]+(?:,"
              + " )?)+)[\\])\\[a-z:]*");

  private static final Pattern LITERAL = Pattern.compile("'([^']*)'");

  /** A table while it is put together. */
  private static final class Draft {
    private final List<CatalogColumn> columns = new ArrayList<>();
    private final List<UniqueIndex> uniqueIndexes = new ArrayList<>();
    private final List<ForeignKey> foreignKeys = new ArrayList<>();
    private List<String> primaryKey = List.of();
    private ReplicaIdentity identity = ReplicaIdentity.DEFAULT;
    private List<String> identityIndex = List.of();
  }

  /** Where a table is. */
  private record Name(String schema, String table) {}

  private final Map<Name, Draft> drafts = new LinkedHashMap<>();

  private CatalogReader() {}

  /**
   * The tables as this session sees them.
   *
   * @throws SQLException if the database cannot be read
   */
  public static Catalog read(Connection connection) throws SQLException {
    CatalogReader reader = new CatalogReader();
    reader.each(connection, COLUMNS, reader::column);
    reader.each(connection, INDEXES, reader::index);
    reader.each(connection, FOREIGN_KEYS, reader::foreignKey);
    reader.each(connection, CHECKS, reader::check);
    List<CatalogTable> tables = new ArrayList<>();
    reader.drafts.forEach(
        (name, draft) ->
            tables.add(
                new CatalogTable(
                    name.schema(),
                    name.table(),
                    draft.columns,
                    draft.primaryKey,
                    draft.identity,
                    draft.identityIndex,
                    draft.uniqueIndexes,
                    draft.foreignKeys)));
    return new Catalog(
        tables, connection.getMetaData().getDatabaseMajorVersion() >= GENERATED_ARE_STREAMED);
  }

  private interface RowReader {
    void read(ResultSet row, Draft table) throws SQLException;
  }

  private void each(Connection connection, String sql, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Name name = new Name(row.getString(1), row.getString(2));
        reader.read(row, drafts.computeIfAbsent(name, absent -> new Draft()));
      }
    }
  }

  private void column(ResultSet row, Draft table) throws SQLException {
    table.identity =
        switch (row.getString(3)) {
          case "f" -> ReplicaIdentity.FULL;
          case "i" -> ReplicaIdentity.INDEX;
          case "n" -> ReplicaIdentity.NOTHING;
          default -> ReplicaIdentity.DEFAULT;
        };
    SqlType type =
        type(
            row.getString(7),
            row.getString(8),
            row.getString(9),
            row.getString(10),
            row.getInt(11),
            strings(row, 12));
    table.columns.add(
        new CatalogColumn(row.getString(4), type, !row.getBoolean(5), row.getString(6), List.of()));
  }

  private static SqlType type(
      String name,
      String type,
      String category,
      String formatted,
      int modifier,
      List<String> labels) {
    if (type.equals("e")) {
      return SqlType.enumOf(formatted, labels);
    } else if (category.equals("A")) {
      return SqlType.of(Kind.ARRAY, formatted);
    }
    int length = modifier < 0 ? -1 : modifier - 4; // a length's header
    return switch (name) {
      case "bool" -> SqlType.BOOL;
      case "int2" -> SqlType.INT2;
      case "int4" -> SqlType.INT4;
      case "int8" -> SqlType.INT8;
      case "numeric" -> SqlType.NUMERIC;
      case "text" -> SqlType.TEXT;
      case "varchar" -> SqlType.varchar(length);
      case "bpchar" -> length < 0 ? SqlType.of(Kind.OTHER, "bpchar") : SqlType.character(length);
      case "uuid" -> SqlType.UUID;
      case "timestamp" -> SqlType.TIMESTAMP;
      case "timestamptz" -> SqlType.TIMESTAMPTZ;
      case "date" -> SqlType.of(Kind.DATE, formatted);
      case "json" -> SqlType.of(Kind.JSON, formatted);
      case "jsonb" -> SqlType.of(Kind.JSONB, formatted);
      case "bytea" -> SqlType.of(Kind.BYTEA, formatted);
      default -> SqlType.of(Kind.OTHER, formatted);
    };
  }

  private void index(ResultSet row, Draft table) throws SQLException {
    if (row.getBoolean(3)) {
      table.primaryKey = strings(row, 5);
    } else {
      table.uniqueIndexes.add(new UniqueIndex(row.getString(4), strings(row, 5)));
    }
    if (row.getBoolean(6)) {
      table.identityIndex = strings(row, 5);
    }
  }

  private void foreignKey(ResultSet row, Draft table) throws SQLException {
    table.foreignKeys.add(
        new ForeignKey(row.getString(3), row.getString(4), row.getString(5), row.getString(6)));
  }

  private void check(ResultSet row, Draft table) throws SQLException {
    String name = row.getString(3);
    Matcher listed = LISTED.matcher(row.getString(4));
    if (listed.matches()) {
      List<String> values =
          LITERAL.matcher(listed.group(1)).results().map(literal -> literal.group(1)).toList();
      table.columns.replaceAll(
          column -> column.name().equals(name) ? column.withValues(values) : column);
    }
  }

  private static List<String> strings(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
