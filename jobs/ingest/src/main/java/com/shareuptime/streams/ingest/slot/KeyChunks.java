package com.shareuptime.streams.ingest.slot;

import io.debezium.jdbc.JdbcConnection;
import io.debezium.relational.Column;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.dialect.JdbcDataSourceDialect;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.postgres.source.PostgresChunkSplitter;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** Cuts a table into chunks by a column of its primary key that has many values. */
final class KeyChunks extends PostgresChunkSplitter {
  private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8");
  private static final Set<String> UUIDS = Set.of("uuid");

  /** Last, as each is compared by its collation. */
  private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar");

  /** By the numbers that Postgres has for types; a domain has that of the type below it. */
  private static final Map<Integer, String> TYPES =
      Map.of(
          20, "int8", 21, "int2", 23, "int4", 25, "text", 1042, "bpchar", 1043, "varchar", 2950,
          "uuid");

  private static final String ROWS =
      "select greatest(reltuples, 0)::bigint from pg_class where oid = to_regclass(?)";

  KeyChunks(JdbcSourceConfig config, JdbcDataSourceDialect dialect, ChunkSplitterState state) {
    super(config, dialect, state);
  }

  /**
   * The key's first column, if it is a number or a UUID; else the key's last number, or its last
   * UUID. Both lead an index in the product's tables: a like's key starts with one of two words,
   * and likes are indexed by user. Of a key without either, a text.
   */
  static Column column(Table table) {
    List<Column> key = table.primaryKeyColumns().stream().map(KeyChunks::plain).toList();
    Column first = key.get(0);
    if (NUMBERS.contains(first.typeName()) || UUIDS.contains(first.typeName())) {
      return first;
    }
    return last(key, NUMBERS).or(() -> last(key, UUIDS)).or(() -> last(key, TEXTS)).orElse(first);
  }

  private static Optional<Column> last(List<Column> key, Set<String> types) {
    return key.stream()
        .filter(column -> types.contains(column.typeName()))
        .reduce((before, after) -> after);
  }

  /** The connector knows types by their names, and no domain. */
  private static Column plain(Column column) {
    String type = TYPES.get(column.nativeType());
    return type == null ? column : column.edit().type(type).create();
  }

  /** A column of another type has perhaps no least value: its table is one chunk. */
  private static boolean isCut(Column column) {
    return TYPES.containsKey(column.nativeType());
  }

  /** The type of a chunk's bounds. */
  static DataType type(Column column) {
    return switch (column.typeName()) {
      case "int2" -> DataTypes.SMALLINT();
      case "int4" -> DataTypes.INT();
      case "int8" -> DataTypes.BIGINT();
      default -> DataTypes.STRING();
    };
  }

  @Override
  protected Column getSplitColumn(Table table, String ignored) {
    return column(table);
  }

  @Override
  protected DataType fromDbzColumn(Column column) {
    return type(column);
  }

  @Override
  public Object[] queryMinMax(JdbcConnection database, TableId table, Column column)
      throws SQLException {
    return isCut(column) ? super.queryMinMax(database, table, column) : new Object[2];
  }

  /** The connector looks a name with capitals up without quotes. */
  @Override
  protected Long queryApproximateRowCnt(JdbcConnection database, TableId table)
      throws SQLException {
    return database.prepareQueryAndMap(
        ROWS,
        statement -> statement.setString(1, table.toDoubleQuotedString()),
        row -> row.next() ? row.getLong(1) : 0);
  }
}
