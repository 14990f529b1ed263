package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each way to change a row, and what the topics then say, with one job that runs all along. */
class ChangesIT {
  private static final Duration PATIENCE = TableRows.PATIENCE;

  private static IngestStack stack;
  private static TableRows tables;
  private static RunningIngest job;

  @BeforeAll
  static void startJob() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    tables = new TableRows(stack);
    Writers.prepare(stack, 300);
    job = RunningIngest.fresh(stack.options());
    tables.assertTopicsEqualTables();
  }

  @AfterAll
  static void stopJob() throws Exception {
    job.close();
  }

  @Test
  void aChangedPrimaryKeyIsADeleteAndAnInsert() throws Exception {
    stack.sql("update likes set target_id = target_id + 5000 where user_id between 5 and 30");
    tables.assertTopicsEqualTables();
  }

  @Test
  void aTruncatedTableIsEmptyAndThenHoldsWhatCameAfter() throws Exception {
    try (TopicReplay before = replay()) {
      stack.sql("truncate comments");
      tables.assertTopicsEqualTables();
      stack.sql(
          "begin; insert into comments (target_type, target_id, author_id, content) values ('post', 1, 1, 'gone'); truncate comments; insert into comments (target_type, target_id, author_id, content) values ('post', 1, 1, 'kept'); commit");
      tables.assertTopicsEqualTables();
      try (TopicReplay after = replay()) {
        assertThat(after.generation(CdcTable.COMMENTS))
            .isEqualTo(before.generation(CdcTable.COMMENTS) + 2);
        assertThat(after.generation(CdcTable.LIKES)).isEqualTo(before.generation(CdcTable.LIKES));
        assertThat(after.rows(CdcTable.COMMENTS).values())
            .extracting(row -> row.get("content").asText())
            .containsExactly("kept");
      }
    }
  }

  /**
   * TRUNCATE locks the table for itself: whoever wrote before it has committed, and whoever writes
   * after it has to wait for its commit. So the LSN of a row tells on which side of it the row is.
   */
  @Test
  void aTruncateWaitsForThoseBeforeItAndMakesThoseAfterItWait() throws Exception {
    String insert =
        "insert into comments (target_type, target_id, author_id, content) values ('post', 1, 1, '%s')";
    stack.sql("begin; savepoint s; truncate comments; rollback to savepoint s; commit");
    try (Connection before = stack.connect();
        Connection truncating = stack.connect();
        Connection after = stack.connect();
        Statement first = before.createStatement();
        Statement second = truncating.createStatement();
        Statement third = after.createStatement()) {
      for (Connection connection : List.of(before, truncating, after)) {
        connection.setAutoCommit(false);
      }
      first.execute(insert.formatted("before"));
      var truncate =
          inBackground(
              () -> {
                second.execute("truncate comments");
                second.execute(insert.formatted("between"));
                second.execute("truncate comments");
                second.execute(insert.formatted("after, by the same"));
              });
      awaitWaiting(1);
      var insertAfter = inBackground(() -> third.execute(insert.formatted("after")));
      awaitWaiting(2);
      before.commit();
      truncate.get();
      truncating.commit();
      insertAfter.get();
      after.commit();
    }
    tables.assertTopicsEqualTables();
    assertThat(stack.number("select count(*) from comments")).isEqualTo(2);
  }

  private static void awaitWaiting(int sessions) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                stack.number(
                        "select count(*) from pg_stat_activity where pg_blocking_pids(pid) <> '{}'")
                    == sessions);
  }

  private interface Work {
    void run() throws SQLException;
  }

  private static FutureTask<Void> inBackground(Work work) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread thread = new Thread(task, "in-background");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  @Test
  void aLongTextOfAPostIsInEveryRecordAlsoOfAnUpdateThatLeavesItAlone() throws Exception {
    // random, so that it is stored out of line however well the server compresses
    stack.sql(
        "insert into posts (id, author_id, content) overriding system value select 900001, 1, string_agg(md5(random()::text), '') from generate_series(1, 2048)");
    stack.sql("update posts set visibility = 'private' where id = 900001");
    try (TopicReplay replay = replay()) {
      JsonNode row = replay.lastAfter(CdcTable.POSTS, "{\"id\":900001}");
      assertThat(row.get("content").asText()).hasSize(64 << 10);
      assertThat(row.get("visibility").asText()).isEqualTo("private");
    }
    tables.assertTopicsEqualTables();
  }

  @Test
  void elsewhereALongTextThatAnUpdateLeavesAloneIsMarkedAsUnchanged() throws Exception {
    stack.sql(
        "insert into comments (id, target_type, target_id, author_id, content) overriding system value select 900003, 'post', 1, 1, string_agg(md5(random()::text), '') from generate_series(1, 2048)");
    stack.sql("update comments set is_deleted = true where id = 900003");
    try (TopicReplay replay = replay()) {
      JsonNode row = replay.lastAfter(CdcTable.COMMENTS, "{\"id\":900003}");
      assertThat(row.get("content").asText()).isEqualTo(TopicReplay.UNCHANGED);
      assertThat(row.get("is_deleted").asBoolean()).isTrue();
    }
    tables.assertTopicsEqualTables(); // with the text taken from before
  }

  @Test
  void aTextThatIsThePlaceholderOfEarlierBuildsIsATextLikeOthers() throws Exception {
    stack.sql(
        "insert into posts (id, author_id, content) overriding system value values (900004, 1, 'before'), (900005, 1, '__debezium_unavailable_value')",
        "update posts set content = '__debezium_unavailable_value' where id = 900004");
    tables.assertTopicsEqualTables();
    try (TopicReplay replay = replay()) {
      for (long id : List.of(900_004L, 900_005L)) {
        JsonNode change = replay.lastEnvelope(CdcTable.POSTS, "{\"id\":" + id + "}");
        assertThat(change.at("/source/unavailable").asText()).isEqualTo(TopicReplay.UNCHANGED);
      }
    }
    stack.sql("update posts set content = 'after' where id in (900004, 900005)");
    tables.assertTopicsEqualTables();
  }

  @Test
  void aDeleteSaysWhichRowAndNothingThatItDoesNotKnow() throws Exception {
    stack.sql(
        "insert into comments (id, target_type, target_id, author_id, content) overriding system value values (900002, 'post', 9, 9, 'x')",
        "delete from comments where id = 900002");
    try (TopicReplay replay = replay()) {
      JsonNode envelope = replay.lastEnvelope(CdcTable.COMMENTS, "{\"id\":900002}");
      assertThat(envelope.get("op").asText()).isEqualTo("d");
      assertThat(envelope.get("before").toString()).isEqualTo("{\"id\":900002}");
      assertThat(envelope.get("after").isNull()).isTrue();
      assertThat(replay.endsWithTombstone(CdcTable.COMMENTS, "{\"id\":900002}")).isTrue();
    }
  }

  @Test
  @Timeout(300)
  void aBeatIsReadAfterEverythingThatCommittedBeforeIt() throws Exception {
    // a key's change is committed, then the position taken: from then on a beat at or past that
    // position in the key's partition must come after the change
    Map<String, Long> committed = new ConcurrentSkipListMap<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 150; i++) {
                  long id = 910_000 + i;
                  stack.sql(
                      "insert into comments (id, target_type, target_id, author_id, content) overriding system value values (%d, 'post', 1, 1, 'b')"
                          .formatted(id));
                  committed.put("{\"id\":" + id + "}", stack.walPosition());
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try (Writers load = Writers.start(stack, 2, new Random().nextLong());
        TopicReplay replay = replay()) {
      writer.start();
      int compared = 0;
      while (compared < 150) {
        Map<TopicPartition, Long> beats = replay.poll();
        for (Map.Entry<String, Long> row : committed.entrySet()) {
          TopicPartition partition = replay.partition(CdcTable.COMMENTS, row.getKey());
          if (beats.get(partition) >= row.getValue()) {
            assertThat(replay.has(CdcTable.COMMENTS, row.getKey())).as(row.getKey()).isTrue();
            committed.remove(row.getKey());
            compared++;
          }
        }
      }
      writer.join();
    }
  }

  @Test
  void aFreshSnapshotUnderTrafficReplacesTheOldGeneration() throws Exception {
    try (Writers writers = Writers.start(stack, 3, 7)) {
      long before;
      try (TopicReplay replay = replay()) {
        before = replay.generation(CdcTable.POSTS);
      }
      job.close();
      stack.sql("delete from posts where id % 5 = 0"); // known only to the old generation
      job = RunningIngest.fresh(stack.options());
      writers.close();
      tables.assertTopicsEqualTables();
      try (TopicReplay replay = replay()) {
        assertThat(replay.generation(CdcTable.POSTS)).isGreaterThan(before);
      }
    }
  }

  @Test
  void aRunFromACheckpointGoesOnWhereItEnded() throws Exception {
    Path checkpoint = job.lastCheckpoint().orElseThrow();
    job.close();
    stack.sql("update posts set content = 'while away' where id <= 50");
    job = RunningIngest.from(job.lastCheckpoint().orElse(checkpoint), stack.options());
    tables.assertTopicsEqualTables();
  }

  private static TopicReplay replay() throws Exception {
    TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap());
    replay.readPast(stack.walPosition(), PATIENCE);
    return replay;
  }
}
