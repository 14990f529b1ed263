package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.contract.Lsn;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of megabytes: each goes into its topic, or is told as a hole, and nothing waits for it. */
class LargeRowsIT {
  private static final int MIB = 1 << 20;

  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void emptyTables() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    stack.sql("truncate streams.ingest_holes");
    Writers.prepare(stack, 10);
    tables = new TableRows(stack);
  }

  @AfterEach
  void noHoles() throws Exception {
    stack.sql("truncate streams.ingest_holes");
    stack.reset();
  }

  /** With the replica identity FULL a record of an update has the old row, too. */
  @Test
  void aRowOfManyMegabytesGoesThroughWhole() throws Exception {
    insert(800_001, 9 * MIB);
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      row(800_001); // read by the snapshot
      insert(800_002, 19 * MIB);
      stack.sql("update posts set visibility = 'private' where id = 800001");
      tables.assertTopicsEqualTables();
      stack.sql("delete from posts where id = 800002");
      tables.assertTopicsEqualTables();
      assertThat(job.restarts()).isZero();
      assertThat(holes()).isZero();
    }
  }

  @Test
  void whatIsLargerComesWithoutItsLongestTextAndIsToldUntilItIsWhole() throws Exception {
    insert(810_001, 3 * MIB);
    insert(810_003, 3 * MIB);
    try (RunningIngest job = RunningIngest.fresh(largest(2 * MIB))) {
      assertHole(810_001, "0/0");
      insert(810_002, 3 * MIB);
      assertHole(810_002, null);
      stack.sql("update posts set visibility = 'private' where id >= 810000");
      assertHole(810_001, null);
      for (long id : List.of(810_001L, 810_002L, 810_003L)) {
        JsonNode row = row(id);
        assertThat(row.get("visibility").asText()).isEqualTo("private");
        assertThat(row.get("content").asText()).isEqualTo(TopicReplay.UNCHANGED);
      }
      stack.sql(
          "update posts set content = 'short' where id = 810001",
          "delete from posts where id = 810002");
      row(810_001);
      assertThat(holes()).isEqualTo(1);
      stack.sql("truncate posts cascade");
      tables.assertTopicsEqualTables();
      assertThat(holes()).isZero();
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void aHoleThatWasFilledStaysFilledUntilALaterChangeOfTheRowIsNotWhole() throws Exception {
    Path checkpoint;
    try (RunningIngest job = RunningIngest.fresh(largest(2 * MIB))) {
      row(1);
      Awaitility.await().atMost(TableRows.PATIENCE).until(() -> job.lastCheckpoint().isPresent());
      checkpoint = job.lastCheckpoint().orElseThrow();
      insert(815_001, 3 * MIB);
      assertHole(815_001, null);
      stack.sql("update streams.ingest_holes set filled_at = clock_timestamp()");
      checkpoint = job.lastCheckpoint().orElse(checkpoint);
    }
    try (RunningIngest next = RunningIngest.from(checkpoint, largest(2 * MIB))) {
      assertHole(815_001, null); // may have been told again
      assertThat(openHoles()).isZero();
      stack.sql("update posts set visibility = 'private' where id = 815001");
      assertHole(815_001, null);
      assertThat(openHoles()).isEqualTo(1);
    }
  }

  @Test
  void holesOfRowsThatWentWhileNobodyReadGoWithTheNextSnapshot() throws Exception {
    insert(820_001, 3 * MIB);
    insert(820_002, 3 * MIB);
    try (RunningIngest job = RunningIngest.fresh(largest(2 * MIB))) {
      row(820_001);
      assertThat(holes()).isEqualTo(2);
    }
    stack.sql("delete from posts where id = 820001");
    try (RunningIngest job = RunningIngest.fresh(largest(2 * MIB))) {
      row(820_002);
      assertThat(holes()).isEqualTo(1);
    }
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      row(820_002);
      assertThat(holes()).isZero();
    }
  }

  /** A topic that was made narrower behind the job's back. */
  @Test
  void noBeatPassesARecordThatABrokerRefuses() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(stack.options())) {
      tables.assertTopicsEqualTables();
      setLargest("cdc.posts", MIB);
      insert(830_001, 3 * MIB);
      long committed = stack.walPosition();
      for (int i = 0; i < 20; i++) {
        insert(830_002 + i, MIB / 2);
      }
      Throwable failure = job.failure();
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failure).hasStackTraceContaining("max.message.bytes");
      try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
        replay.readToEnd();
        assertThat(replay.beat(replay.partition(CdcTable.POSTS, "{\"id\":830001}")))
            .isLessThan(committed);
      }
      setLargest("cdc.posts", 22 * MIB);
      try (RunningIngest next =
          RunningIngest.from(job.lastCheckpoint().orElseThrow(), stack.options())) {
        tables.assertTopicsEqualTables();
        assertThat(next.restarts()).isZero();
      }
    } finally {
      setLargest("cdc.posts", 22 * MIB);
    }
  }

  @Test
  void topicsThatAreNarrowerThanTheOptionAreRefused() {
    assertThatThrownBy(() -> StartChecks.run(largest(100 * MIB)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("cdc.posts")
        .hasMessageContaining("max.message.bytes=" + 110 * MIB);
  }

  private IngestOptions largest(int bytes) {
    Configuration configuration = stack.configuration();
    configuration.set(IngestOptions.LARGEST_ROW, new MemorySize(bytes));
    return IngestOptions.of(configuration);
  }

  /** Random, so that neither Postgres nor Kafka makes it much smaller. */
  private void insert(long id, int bytes) throws Exception {
    stack.sql(
        "insert into posts (id, author_id, content) overriding system value select %d, 1, string_agg(md5(random()::text || i), '') from generate_series(1, %d) i"
            .formatted(id, bytes / 32));
  }

  private JsonNode row(long id) throws Exception {
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
      replay.readPast(stack.snapshot(), stack.walPosition(), TableRows.PATIENCE);
      return replay.rows(CdcTable.POSTS).get("{\"id\":" + id + "}");
    }
  }

  private void assertHole(long id, String commit) throws Exception {
    row(id); // is there
    try (var connection = stack.connect();
        var statement = connection.createStatement();
        var hole =
            statement.executeQuery(
                "select *, commit_lsn <= pg_current_wal_lsn() as past from streams.ingest_holes where table_name = 'posts' and row_key = '{\"id\":%d}'"
                    .formatted(id))) {
      assertThat(hole.next()).as("hole of " + id).isTrue();
      assertThat(hole.getString("columns")).isEqualTo("{content}");
      assertThat(hole.getString("reason")).contains("ingest.largest-row");
      if (commit == null) {
        assertThat(hole.getBoolean("past")).isTrue();
        assertThat(Lsn.parse(hole.getString("commit_lsn")).position()).isPositive();
      } else {
        assertThat(hole.getString("commit_lsn")).isEqualTo(commit);
      }
    }
  }

  private long holes() throws Exception {
    return stack.number("select count(*) from streams.ingest_holes");
  }

  private long openHoles() throws Exception {
    return stack.number("select count(*) from streams.ingest_holes where filled_at is null");
  }

  private void setLargest(String topic, int bytes) throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", stack.servers().kafkaBootstrap()))) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("max.message.bytes", String.valueOf(bytes)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
