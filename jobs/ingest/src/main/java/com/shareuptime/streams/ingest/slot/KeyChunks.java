package com.shareuptime.streams.ingest.slot;

import io.debezium.relational.Column;
import io.debezium.relational.Table;
import java.sql.Types;
import java.util.List;
import org.apache.flink.cdc.connectors.base.config.JdbcSourceConfig;
import org.apache.flink.cdc.connectors.base.dialect.JdbcDataSourceDialect;
import org.apache.flink.cdc.connectors.base.source.assigner.state.ChunkSplitterState;
import org.apache.flink.cdc.connectors.postgres.source.PostgresChunkSplitter;

/** Cuts a table into chunks by a column of its primary key that has many values. */
final class KeyChunks extends PostgresChunkSplitter {

  KeyChunks(JdbcSourceConfig config, JdbcDataSourceDialect dialect, ChunkSplitterState state) {
    super(config, dialect, state);
  }

  /**
   * The key's first column, if it is a number; else the key's last number. Both lead an index in
   * the product's tables: a like's key starts with one of two words, and likes are indexed by user.
   */
  static Column column(Table table) {
    List<Column> key = table.primaryKeyColumns();
    if (isNumber(key.get(0))) {
      return key.get(0);
    }
    return key.stream().filter(KeyChunks::isNumber).reduce((a, b) -> b).orElse(key.get(0));
  }

  private static boolean isNumber(Column column) {
    return column.jdbcType() == Types.BIGINT || column.jdbcType() == Types.INTEGER;
  }

  @Override
  protected Column getSplitColumn(Table table, String ignored) {
    return column(table);
  }
}
