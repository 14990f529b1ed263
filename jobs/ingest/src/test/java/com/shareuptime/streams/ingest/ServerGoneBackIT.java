package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.ingest.check.Refusal;
import com.shareuptime.streams.local.stack.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that lacks what was read from it, because a copy of its data folder was put back or a
 * standby without the tail has taken over, is refused; a fresh snapshot of it wins.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServerGoneBackIT {
  @TempDir private static Path folder;

  private static IngestStack stack;
  private static TableRows tables;

  /** Of a run that has read no more than the copy has. */
  private static Path early;

  /** Of a run that has read what only the lost server had. */
  private static Path late;

  @BeforeAll
  static void aCopyThatIsBehind() throws Exception {
    stack = IngestStack.in(folder.resolve("stack"));
    tables = new TableRows(stack);
    user("kept");
    early = run(null);
    stack.servers().stop(Server.POSTGRES);
    copy(data(), folder.resolve("copy"));
    stack.servers().start(Server.POSTGRES);
    user("lost");
    late = run(early);
  }

  /** Not started yet: a test may make it a standby first. */
  @BeforeEach
  void theCopyIsPutBack() throws Exception {
    stack.servers().stop(Server.POSTGRES);
    delete(data());
    copy(folder.resolve("copy"), data());
  }

  @AfterAll
  static void noServers() {
    stack.servers().close();
  }

  @Test
  void aServerThatLacksTheTailIsRefused() throws Exception {
    stack.servers().start(Server.POSTGRES);

    assertRefused(late, "and the checkpoint has read");
  }

  /** By its LSN alone it would seem to have everything. */
  @Test
  void aServerThatHasGrownPastTheCheckpointIsRefused() throws Exception {
    stack.servers().start(Server.POSTGRES);
    stack.sql(
        "insert into comments (target_type, target_id, author_id, content) select 'post', 1, 1, repeat('x', 1000) from generate_series(1, 5000)");

    assertRefused(late, "holds the heartbeat of");
  }

  @Test
  void aPromotedStandbyIsRefused() throws Exception {
    promote();
    stack.sql(
        "insert into comments (target_type, target_id, author_id, content) select 'post', 1, 1, repeat('x', 1000) from generate_series(1, 5000)");

    assertRefused(late, "is on timeline 2");
  }

  /** It has all that this checkpoint has read, but not what the topics got since. */
  @Test
  void aPromotedStandbyIsRefusedByAnOlderCheckpointToo() throws Exception {
    promote();

    assertRefused(early, "is on timeline 2");
  }

  /**
   * It adds to the topics, so it comes last. Numbers of snapshots are drawn anew from the old
   * sequence, and LSNs are lower than before.
   */
  @Test
  @Order(Integer.MAX_VALUE)
  void aFreshSnapshotWinsOverAllThatWasWrittenBefore() throws Exception {
    stack.servers().start(Server.POSTGRES);
    user("later");

    run(null);
  }

  private static void user(String name) throws Exception {
    stack.sql(
        "insert into users (username, display_name) values ('%s', '%s')".formatted(name, name));
  }

  /** Runs the job until the topics, and a checkpoint, hold all that is committed now. */
  private static Path run(Path from) throws Exception {
    long before = stack.snapshot();
    RunningIngest job =
        from == null
            ? RunningIngest.fresh(stack.options())
            : RunningIngest.from(from, stack.options());
    try {
      Awaitility.await()
          .atMost(TableRows.PATIENCE)
          .until(() -> from != null || stack.snapshot() > before);
      tables.assertTopicsEqualTables();
      long checkpoints = job.checkpoints();
      Awaitility.await()
          .atMost(TableRows.PATIENCE)
          .until(() -> job.checkpoints() > checkpoints + 1);
    } finally {
      job.close();
    }
    return job.lastCheckpoint().orElseThrow();
  }

  private void promote() throws Exception {
    Files.createFile(data().resolve("standby.signal"));
    stack.servers().start(Server.POSTGRES);
    stack.sql("select pg_promote()");
  }

  private void assertRefused(Path checkpoint, String reason) throws Exception {
    try (RunningIngest job = RunningIngest.from(checkpoint, stack.options())) {
      Throwable failure = job.failure();
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(Stream.iterate(failure, t -> t != null, Throwable::getCause))
          .anySatisfy(
              cause ->
                  assertThat(cause)
                      .isInstanceOf(Refusal.class)
                      .hasMessageContaining(reason)
                      .hasMessageContaining("./streams submit ingest --fresh"));
    }
  }

  private static Path data() {
    return stack.servers().home().data(Server.POSTGRES);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(
            path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
