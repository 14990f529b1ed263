package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.cdc.RowVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the views of the model with what the topics say, row by row and column by column. A
 * column that has no value is as good as one that is missing.
 */
final class TableRows {
  /** For a machine that does much else. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private final IngestStack stack;

  TableRows(IngestStack stack) {
    this.stack = stack;
  }

  /** Every row of every table is in the topics as it is now, and nothing else. */
  void assertTopicsEqualTables() throws SQLException {
    assertTopicsEqualTables(Comparator.naturalOrder());
  }

  /** Waits until the topics have what has committed by now. */
  void awaitTopics() throws SQLException {
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
      replay.readPast(stack.snapshot(), stack.walPosition(), PATIENCE);
    }
  }

  /** The same for a reader that has another order of versions. */
  void assertTopicsEqualTables(Comparator<RowVersion> order) throws SQLException {
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap(), order)) {
      replay.readPast(stack.snapshot(), stack.walPosition(), PATIENCE);
      for (CdcTable table : CdcTable.FIXED) {
        assertThat(comparable(replay.rows(table)))
            .as("%s replayed from %d records", table, replay.records())
            .isEqualTo(rows(table));
      }
    }
  }

  /** Keys of a table that a reader with this order of versions has wrong. */
  Set<String> wrong(CdcTable table, Comparator<RowVersion> order) throws SQLException {
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap(), order)) {
      replay.readPast(stack.snapshot(), stack.walPosition(), PATIENCE);
      Map<String, Map<String, String>> read = comparable(replay.rows(table));
      Map<String, Map<String, String>> rows = rows(table);
      Set<String> keys = new TreeSet<>(read.keySet());
      keys.addAll(rows.keySet());
      keys.removeIf(key -> Objects.equals(read.get(key), rows.get(key)));
      return keys;
    }
  }

  /** Rows of a topic, as those of {@link #view} are. */
  static Map<String, Map<String, String>> comparable(Map<String, JsonNode> rows) {
    Map<String, Map<String, String>> comparable = new TreeMap<>();
    rows.forEach(
        (key, row) -> {
          Map<String, String> columns = new TreeMap<>();
          row.fields()
              .forEachRemaining(
                  column ->
                      columns.put(column.getKey(), comparable(column.getKey(), column.getValue())));
          columns.values().removeIf(Objects::isNull);
          comparable.put(key, columns);
        });
    return comparable;
  }

  private static String comparable(String column, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    return column.endsWith("_at")
        ? OffsetDateTime.parse(value.asText()).toInstant().toString()
        : value.asText();
  }

  private Map<String, Map<String, String>> rows(CdcTable table) throws SQLException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    try (Connection connection = stack.connect()) {
      for (Map<String, String> row : view(connection, table.tableName())) {
        rows.put(key(table, row), row);
      }
    }
    return rows;
  }

  /** The rows of a view of the model, without columns that have no value. */
  static List<Map<String, String>> view(Connection connection, String name) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select * from streams_model." + name)) {
      ResultSetMetaData columns = row.getMetaData();
      while (row.next()) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          values.put(columns.getColumnName(i), comparable(columns, row, i));
        }
        values.values().removeIf(Objects::isNull);
        rows.add(values);
      }
    }
    return rows;
  }

  private static String comparable(ResultSetMetaData columns, ResultSet row, int i)
      throws SQLException {
    return switch (columns.getColumnTypeName(i)) {
      case "timestamptz" -> {
        OffsetDateTime at = row.getObject(i, OffsetDateTime.class);
        Instant instant = at == null ? null : at.toInstant();
        yield instant == null ? null : instant.toString();
      }
      case "bool" -> String.valueOf(row.getBoolean(i));
      default -> row.getString(i);
    };
  }

  private static String key(CdcTable table, Map<String, String> row) {
    return switch (table.tableName()) {
      case "likes" ->
          "{\"target_type\":\"%s\",\"target_id\":%s,\"user_id\":%s}"
              .formatted(row.get("target_type"), row.get("target_id"), row.get("user_id"));
      case "follows" ->
          "{\"follower_id\":%s,\"followee_id\":%s}"
              .formatted(row.get("follower_id"), row.get("followee_id"));
      default -> "{\"id\":%s}".formatted(row.get("id"));
    };
  }
}
