package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.EpochMicros;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.odd.OddColumns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever Postgres can store in a column, needed by the model or not, read by a snapshot or from
 * the stream, does not stop ingest, and is in the topic if the model needs it. More rows: {@code
 * -Dodd.rows=200000}.
 */
class OddValuesIT {
  private static final int ROWS = Integer.getInteger("odd.rows", 5_000);
  private static final int BATCH = 50;
  private static final String MAX = String.valueOf(Long.MAX_VALUE);
  private static final String LATEST = String.valueOf(Long.MAX_VALUE - 1);

  private static IngestStack stack;
  private static Addresses database;
  private static OddColumns posts;
  private static OddColumns comments;

  @BeforeAll
  static void addColumns() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    database = Addresses.of(stack.servers());
    OddColumns.createTypes(database);
    posts = new OddColumns(database, "posts");
    comments = new OddColumns(database, "comments");
    stack.sql(
        "insert into users (id, username, display_name) overriding system value values (1, 'u', 'U')");
  }

  @AfterAll
  static void dropColumns() throws Exception {
    posts.close();
    comments.close();
    OddColumns.dropTypes(database);
    stack.reset();
  }

  @Test
  void whateverPostgresCanStoreComesAndStopsNothing() throws Exception {
    long seed = Long.getLong("tests.seed", System.nanoTime());
    System.out.println("odd values of tests.seed=" + seed);
    Random random = new Random(seed);
    write(random, ROWS / 2);
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      try (TopicReplay replay = replayed()) {
        assertSame(CdcTable.POSTS, posts, replay);
        assertSame(CdcTable.COMMENTS, comments, replay);
      }
      stack.sql(
          "select pg_logical_emit_message(false, 'odd', 'x')",
          "select pg_logical_emit_message(true, 'odd', 'x')",
          "insert into posts (author_id, odd_0) values (1, '1e131071')");
      write(random, ROWS / 2);
      for (OddColumns table : new OddColumns[] {posts, comments}) {
        for (int i = 0; i < 10; i++) {
          stack.sql(table.update(random, "id % 10 = " + random.nextInt(10)));
        }
      }
      stack.sql("delete from posts where id % 7 = 0", "delete from comments where id % 7 = 0");
      try (TopicReplay replay = replayed()) {
        assertSame(CdcTable.POSTS, posts, replay);
        assertSame(CdcTable.COMMENTS, comments, replay);
      }
      assertThat(job.restarts()).isZero();
    }
  }

  private static void write(Random random, int rows) throws SQLException {
    try (Connection connection = stack.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < rows; i += BATCH) {
        statement.execute((random.nextBoolean() ? posts : comments).insert(random, BATCH));
      }
      connection.commit();
    }
  }

  private static TopicReplay replayed() throws Exception {
    TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap());
    replay.readPast(stack.snapshot(), stack.walPosition(), TableRows.PATIENCE);
    return replay;
  }

  private static void assertSame(CdcTable table, OddColumns columns, TopicReplay replay)
      throws SQLException {
    Map<String, Map<String, String>> stored = columns.rows();
    Map<String, JsonNode> read = replay.rows(table);
    assertThat(read.keySet()).isEqualTo(stored.keySet());
    stored.forEach(
        (key, row) -> {
          Map<String, String> expected = row(row);
          Map<String, String> actual = row(read.get(key));
          expected.keySet().retainAll(actual.keySet());
          assertThat(expected).containsKeys("id", "content", "created_at");
          expected.forEach(
              (column, value) -> assertThat(actual.get(column)).as(key + column).isEqualTo(value));
        });
  }

  private static Map<String, String> row(JsonNode row) {
    Map<String, String> values = new TreeMap<>();
    row.fields()
        .forEachRemaining(
            column -> values.put(column.getKey(), value(column.getKey(), column.getValue())));
    return values;
  }

  private static String value(String column, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    String text = value.asText();
    return text.matches("[+-]?\\d{4,6}-\\d\\d-\\d\\dT.*Z") && !column.equals("content")
        ? String.valueOf(EpochMicros.of(OffsetDateTime.parse(text).toInstant()))
        : text;
  }

  /** In the year 294276 there are more microseconds than a long has. */
  private static Map<String, String> row(Map<String, String> stored) {
    Map<String, String> row = new TreeMap<>(stored);
    row.replaceAll(
        (column, value) ->
            value != null && column.endsWith("_at") && value.length() == MAX.length()
                ? (value.compareTo(MAX) > 0 ? LATEST : value)
                : value);
    return row;
  }
}
