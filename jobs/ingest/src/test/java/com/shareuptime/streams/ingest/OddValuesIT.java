package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.odd.OddColumns;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever Postgres can store in a column, needed by a job or not, read by a snapshot or from the
 * stream, does not stop ingest and is in the topic. More rows: {@code -Dodd.rows=200000}.
 */
class OddValuesIT {
  private static final int ROWS = Integer.getInteger("odd.rows", 5_000);
  private static final int BATCH = 50;

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
          Map<String, String> expected = numbers(columns, row);
          Map<String, String> actual = row(columns, read.get(key));
          assertThat(actual.keySet()).isEqualTo(expected.keySet());
          // by column, as some are large
          expected.forEach(
              (column, value) -> assertThat(actual.get(column)).as(key + column).isEqualTo(value));
        });
  }

  private static Map<String, String> row(OddColumns columns, JsonNode row) {
    Map<String, String> values = new TreeMap<>();
    row.fields()
        .forEachRemaining(
            column -> values.put(column.getKey(), value(column.getKey(), column.getValue())));
    return numbers(columns, values);
  }

  private static String value(String column, JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    String text = value.asText();
    return text.matches("[+-]?\\d{4,6}-\\d\\d-\\d\\dT.*Z") && !column.equals("content")
        ? micros(OffsetDateTime.parse(text).toInstant()).toString()
        : text;
  }

  /** More than a long has, in the year 294276. */
  private static BigInteger micros(Instant at) {
    return BigInteger.valueOf(at.getEpochSecond())
        .multiply(BigInteger.valueOf(1_000_000))
        .add(BigInteger.valueOf(at.getNano() / 1_000));
  }

  private static Map<String, String> numbers(OddColumns columns, Map<String, String> row) {
    row.replaceAll(
        (column, value) ->
            value != null && columns.isFloat(column)
                ? String.valueOf((float) Double.parseDouble(value))
                : value);
    return row;
  }
}
