package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.ingest.check.StartChecks;
import com.shareuptime.streams.option.ConnectionOptions;
import com.shareuptime.streams.option.KafkaAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be mended first is said with what mends it; nothing is skipped in silence. */
class RefusalsIT {
  private IngestStack stack;

  @BeforeEach
  void emptyTables() throws Exception {
    stack = IngestStack.shared();
    stack.reset();
  }

  @Test
  void aDatabaseThatIsReadyIsNotRefused() {
    StartChecks.run(stack.options());
  }

  @Test
  void aMissingPublicationIsRefused() {
    Configuration other = stack.configuration();
    other.set(IngestOptions.PUBLICATION, "nobody_made_this");

    assertThatThrownBy(() -> StartChecks.run(IngestOptions.of(other)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("publication nobody_made_this does not exist")
        .hasMessageContaining("./streams migrate")
        .hasMessageContaining("create publication nobody_made_this for table public.users");
  }

  @Test
  void everythingThatIsWrongWithTablesIsSaidAtOnceWithItsSql() throws Exception {
    String primaryKey = "alter table public.shares add constraint shares_pkey primary key (id)";
    try {
      stack.sql(
          "alter publication streams_cdc drop table public.follows",
          "alter publication streams_cdc drop table public.reels",
          "alter publication streams_cdc add table public.reels where (id > 10)",
          "alter publication streams_cdc set (publish = 'insert, update, delete')",
          "alter table public.posts replica identity nothing",
          "alter table public.shares drop constraint shares_pkey");

      assertThatThrownBy(() -> StartChecks.run(stack.options()))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("alter publication streams_cdc add table public.follows;")
          .hasMessageContaining("holds back rows or columns of public.reels")
          .hasMessageContaining("publish = 'insert, update, delete, truncate'")
          .hasMessageContaining("alter table public.posts replica identity default;")
          .hasMessageContaining("table public.shares has no primary key");
    } finally {
      stack.sql(
          primaryKey,
          "alter table public.posts replica identity full",
          "alter publication streams_cdc drop table public.reels",
          "alter publication streams_cdc add table public.reels, public.follows",
          "alter publication streams_cdc set (publish = 'insert, update, delete, truncate')");
    }
    StartChecks.run(stack.options());
  }

  @Test
  void rowsThatAreHiddenFromTheSnapshotAreSaid(@TempDir Path folder) throws Exception {
    Configuration other = stack.configuration();
    other.set(ConnectionOptions.SOURCE_USER, "half_blind");
    other.set(
        ConnectionOptions.SOURCE_PASSWORD_FILE,
        Files.writeString(folder.resolve("password"), "x").toString());
    try {
      stack.sql(
          "create role half_blind login replication password 'x'",
          "grant usage on schema streams, public to half_blind",
          "grant select on all tables in schema streams to half_blind",
          "alter table public.posts enable row level security");

      assertThatThrownBy(() -> StartChecks.run(IngestOptions.of(other)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("row-level security hides rows of table public.posts")
          .hasMessageContaining("alter role half_blind bypassrls;");
      stack.sql("revoke select on streams.model from half_blind");
      assertThatThrownBy(() -> StartChecks.run(IngestOptions.of(other)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("grant select on streams.model to half_blind;");
    } finally {
      stack.sql(
          "alter table public.posts disable row level security",
          "drop owned by half_blind",
          "drop role half_blind");
    }
  }

  @Test
  void aWrongPasswordIsRefusedWithoutShowingIt(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "canary-wrong-password");
    Configuration wrong = stack.configuration();
    wrong.set(ConnectionOptions.SOURCE_PASSWORD_FILE, file.toString());

    assertThatThrownBy(() -> StartChecks.run(IngestOptions.of(wrong)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("does not let user 'postgres' in")
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("canary-wrong-password");
  }

  @Test
  void aDatabaseThatDoesNotAnswerMayBeTriedAgain() {
    Configuration nowhere = stack.configuration();
    nowhere.set(ConnectionOptions.SOURCE_URL, "jdbc:postgresql://127.0.0.1:1/shareuptime");

    assertThatThrownBy(() -> StartChecks.run(IngestOptions.of(nowhere)))
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/shareuptime cannot be asked");
  }

  @Test
  void aBrokerThatDoesNotAnswerMayBeTriedAgain() {
    assertThatThrownBy(
            () ->
                com.shareuptime.streams.ingest.check.CdcTopics.partitions(
                    new KafkaAddress("127.0.0.1:1", null), List.of("likes")))
        .isNotInstanceOf(Refusal.class)
        .hasMessageContaining("Kafka at 127.0.0.1:1 does not answer");
  }

  @Test
  void aSlotThatIsGoneIsNotMadeAnewInSilence() throws Exception {
    Path checkpoint = someCheckpoint();
    stack.sql("select pg_drop_replication_slot('streams_ingest')");

    assertRefused(checkpoint, "replication slot 'streams_ingest' is missing");
  }

  @Test
  void aSlotMadeByAnotherIsSeenToBeAheadOfTheCheckpoint() throws Exception {
    Path checkpoint = someCheckpoint();
    stack.sql(
        "select pg_drop_replication_slot('streams_ingest')",
        "insert into users (username, display_name) values ('between', 'Between')",
        "select pg_create_logical_replication_slot('streams_ingest', 'pgoutput')");

    assertRefused(checkpoint, "ahead of the checkpoint");
  }

  private Path someCheckpoint() throws Exception {
    RunningIngest job = RunningIngest.fresh(stack.options());
    try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
      replay.readPast(stack.walPosition(), TableRows.PATIENCE);
      long checkpoints = job.checkpoints();
      Awaitility.await()
          .atMost(TableRows.PATIENCE)
          .until(() -> job.checkpoints() > checkpoints + 1);
    } finally {
      job.close();
    }
    return job.lastCheckpoint().orElseThrow();
  }

  private void assertRefused(Path checkpoint, String reason) throws Exception {
    try (RunningIngest job = RunningIngest.from(checkpoint, stack.options())) {
      Throwable failure = job.failure();
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(failure)
          .satisfies(
              thrown ->
                  assertThat(causes(thrown))
                      .anySatisfy(
                          message ->
                              assertThat(message)
                                  .contains(reason, "./streams submit ingest --fresh")));
    }
  }

  private static Stream<String> causes(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .map(t -> String.valueOf(t.getMessage()));
  }
}
