package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.cdc.CdcTable;
import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are not what they were when the job began to read them. */
class ChangedTablesIT {
  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void emptyTables() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
    Writers.prepare(stack, 20);
    tables = new TableRows(stack);
  }

  /** A copy is made, filled, and takes the name; only the old table is published. */
  @Test
  void anotherTableOfTheSameNameStopsBeatsAndEndsTheJob() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(options())) {
      tables.assertTopicsEqualTables();
      stack.sql(
          "create table shares_new (like shares including all)",
          "insert into shares_new select * from shares",
          "begin; alter table shares rename to shares_old; alter table shares_new rename to shares; commit",
          "insert into shares (id, post_id, user_id) overriding system value values (900001, 1, 1)");
      long committed = stack.walPosition();

      assertEnds(
          job,
          "table public.shares is not the table that publication streams_cdc publishes",
          "alter publication streams_cdc add table public.shares;");
      assertNoBeatAt(committed);

      Path checkpoint = job.lastCheckpoint().orElseThrow();
      stack.sql("alter publication streams_cdc add table public.shares");
      try (RunningIngest next = RunningIngest.from(checkpoint, options())) {
        assertEnds(next, "table public.shares is another than the one that was read");
      }
      assertNoBeatAt(committed);
      try (RunningIngest fresh = RunningIngest.fresh(options())) {
        tables.assertTopicsEqualTables();
        assertThat(fresh.restarts()).isZero();
      }
    } finally {
      stack.sql("drop table if exists shares_new");
      if (stack.number("select count(*) from pg_class where relname = 'shares_old'") > 0) {
        stack.sql("drop table shares", "alter table shares_old rename to shares");
      }
    }
    StartChecks.run(stack.options());
  }

  @Test
  void aNeededColumnThatIsGoneEndsTheJobBeforeARowWithoutItIsWritten() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(options())) {
      tables.assertTopicsEqualTables();
      stack.sql(
          "alter table posts rename column visibility to shown_to",
          "update posts set content = 'after the column has gone'");
      long committed = stack.walPosition();
      assertEnds(job, "table public.posts", "visibility", "--fresh");
      assertNoBeatAt(committed);
      try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
        replay.readToEnd();
        assertThat(replay.rows(CdcTable.POSTS).values())
            .allSatisfy(row -> assertThat(row.has("visibility")).isTrue());
      }
      assertThatThrownBy(() -> StartChecks.run(stack.options()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("table public.posts has other columns: visibility (gone)");
    } finally {
      stack.sql("alter table posts rename column shown_to to visibility");
    }
  }

  @Test
  void aNeededColumnOfAnotherTypeStopsBeatsAndEndsTheJob() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(options())) {
      tables.assertTopicsEqualTables();
      stack.sql(
          "alter table follows alter column status drop default",
          "alter table follows drop constraint follows_status_check",
          "alter table follows alter column status type jsonb using to_jsonb(status)");
      assertEnds(job, "table public.follows has other columns: status (jsonb, needs text)");
    } finally {
      stack.sql(
          "alter table follows alter column status type text using status #>> '{}'",
          "alter table follows alter column status set default 'accepted'",
          "alter table follows add constraint follows_status_check check (status in ('accepted', 'pending'))");
    }
  }

  @Test
  void whoeverLocksATableStopsNoBeat() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(options());
        Connection connection = stack.connect();
        Statement locking = connection.createStatement()) {
      tables.assertTopicsEqualTables();
      connection.setAutoCommit(false);
      locking.execute("lock table posts, shares in access exclusive mode");
      stack.sql("update users set display_name = 'written meanwhile'");
      tables.awaitTopics();
      assertThat(job.restarts()).isZero();
    }
  }

  @Test
  void columnsThatNobodyNeedsComeAndGoAndOthersMayGrow() throws Exception {
    try (RunningIngest job = RunningIngest.fresh(options())) {
      tables.assertTopicsEqualTables();
      stack.sql(
          "alter table users add column nick text default 'n'",
          "update users set nick = 'm'",
          "alter table users alter column username type varchar(200)",
          "alter table posts alter column likes_count type bigint",
          "update posts set likes_count = 5");
      tables.assertTopicsEqualTables();
      stack.sql("alter table users drop column nick", "update users set display_name = 'b'");
      tables.assertTopicsEqualTables();
      assertThat(job.restarts()).isZero();
    } finally {
      stack.sql(
          "alter table users alter column username type text",
          "alter table posts alter column likes_count type integer");
    }
  }

  /** Beats come quickly, so that the job stands still for 2 s before it ends. */
  private IngestOptions options() {
    var configuration = stack.configuration();
    configuration.set(IngestOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(25));
    return IngestOptions.of(configuration);
  }

  private static void assertEnds(RunningIngest job, String... reasons) throws Exception {
    Throwable failure = job.failure();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    for (String reason : reasons) {
      assertThat(failure).hasStackTraceContaining(reason);
    }
  }

  private void assertNoBeatAt(long position) throws Exception {
    assertThat(stack.number("select lsn from streams.pipeline_heartbeat where id = 1"))
        .isLessThan(position);
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
      replay.readToEnd();
      assertThat(replay.newestBeat()).isLessThan(position);
    }
  }
}
