package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.ingest.check.Refusal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that was taken for dead, and comes back. */
@Timeout(600)
class FrozenIngestIT {
  private static final Duration PATIENCE = TableRows.PATIENCE;
  private static final String DEADLOCK = "40P01"; // its SQL state

  private final long seed = Long.getLong("tests.seed", System.nanoTime());
  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void emptyTables() throws Exception {
    System.out.println("tests.seed=" + seed);
    stack = IngestStack.shared();
    stack.reset();
    stack.sql("alter system set wal_sender_timeout = '3s'", "select pg_reload_conf()");
    tables = new TableRows(stack);
  }

  @AfterEach
  void asBefore() throws Exception {
    stack.sql("alter system reset wal_sender_timeout", "select pg_reload_conf()");
  }

  /** It is full of changes that it has read and not yet sent. */
  @Test
  void aProcessThatWasFrozenInTheStreamWritesNoRecordLate() throws Exception {
    Writers.prepare(stack, 8_000);
    long beat = beat();
    try (Writers writers = Writers.start(stack, 4, seed);
        IngestProcess frozen = IngestProcess.start(stack, null)) {
      await().atMost(PATIENCE).until(() -> beat() != beat); // a beat is written in the stream only
      long checkpoints = frozen.checkpoints() + 5;
      await().atMost(PATIENCE).until(() -> frozen.checkpoints() >= checkpoints);
      for (int i = 0; i < 10; i++) {
        changeAllPosts();
      }
      Path checkpoint = frozen.freezeAfterCheckpoints(checkpoints);
      long frozenAt = System.nanoTime();
      awaitSlotGivenUp();
      assertNothingComesLate(frozen, checkpoint, frozenAt, writers);
    }
  }

  /** It needs no slot to go on. */
  @Test
  void aProcessThatWasFrozenInTheSnapshotWritesNoRecordLate() throws Exception {
    Writers.prepare(stack, 4_000);
    try (Writers writers = Writers.start(stack, 4, seed);
        IngestProcess frozen = IngestProcess.start(stack, null)) {
      Path checkpoint = frozen.freezeAfterCheckpoints(1);
      assertNothingComesLate(frozen, checkpoint, System.nanoTime(), writers);
    }
  }

  private void assertNothingComesLate(
      IngestProcess frozen, Path checkpoint, long frozenAt, Writers writers) throws Exception {
    try (RunningIngest next = RunningIngest.from(checkpoint, stack.options())) {
      long commits = writers.commits();
      long enough = 2 * stack.options().deliveryTimeout().toNanos();
      await()
          .atMost(PATIENCE)
          .until(() -> writers.commits() > commits + 100 && System.nanoTime() - frozenAt > enough);
      changeAllPosts(); // newer than all that it holds
      writers.close();
      tables.assertTopicsEqualTables();

      frozen.thaw();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                cutOffReader(); // the slot is free for a moment, again and again
                return frozen.output().contains(Refusal.class.getName());
              });
      tables.assertTopicsEqualTables();
      try (TopicReplay replay = new TopicReplay(stack.servers().kafkaBootstrap())) {
        replay.readPast(stack.walPosition(), PATIENCE);
        assertThat(replay.keysThatEndWithAnOldVersion()).isEmpty();
      }
      await().atMost(PATIENCE).until(() -> next.status() == JobStatus.RUNNING);
    }
  }

  /** The writers change several rows in a transaction, too: who meets them so tries again. */
  private void changeAllPosts() throws SQLException {
    while (true) {
      try {
        stack.sql("update posts set likes_count = likes_count + 1");
        return;
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  private void awaitSlotGivenUp() {
    await()
        .atMost(PATIENCE)
        .until(() -> stack.number("select count(*) from pg_replication_slots where active") == 0);
  }

  private long beat() throws Exception {
    return stack.number(
        "select coalesce(max(lsn), 0) from streams.pipeline_heartbeat where id = 1");
  }

  private void cutOffReader() throws SQLException {
    stack.sql(
        "select pg_terminate_backend(active_pid) from pg_replication_slots where active_pid > 0");
  }
}
