package com.shareuptime.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.local.stack.Port;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.local.stack.TcpProxy;
import com.shareuptime.streams.option.ConnectionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No row is lost and none is stale, whatever fails: inside the JVM, by SIGKILL, a server; while the
 * snapshot runs and while the stream does, under writers that hold transactions open.
 *
 * <p>What is drawn differs from build to build, so each runs few; {@code -Dingest.failures=400
 * -Dingest.kills=30 -Dtests.seed=…} for more than a build's worth.
 */
class FailuresIT {
  private static final Duration PATIENCE = TableRows.PATIENCE;

  private final long seed = Long.getLong("tests.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private IngestStack stack;
  private TableRows tables;

  @BeforeEach
  void emptyTables() throws Exception {
    System.out.println("tests.seed=" + seed);
    stack = IngestStack.shared();
    stack.reset();
    tables = new TableRows(stack);
  }

  @AfterEach
  void noMoreFailures() {
    Failures.none();
  }

  @Test
  void noRowIsLostByFailuresWithinTheJvm() throws Exception {
    int failures = Integer.getInteger("ingest.failures", 20);
    Writers.prepare(stack, 2_000);
    try (RunningIngest job = RunningIngest.fresh(options())) {
      try (Writers writers = Writers.start(stack, 4, random.nextLong())) {
        for (int i = 0; i < failures; i++) {
          if (i == failures / 2) {
            awaitStream(); // half of them in the snapshot, half in the stream
          }
          fail();
        }
        assertThat(writers.commits()).isPositive();
      }
      tables.assertTopicsEqualTables();
    }
  }

  private IngestOptions options() {
    var configuration = stack.configuration();
    configuration.set(IngestOptions.CHUNK_ROWS, 700);
    return IngestOptions.of(configuration);
  }

  private void awaitStream() {
    await()
        .atMost(PATIENCE)
        .until(() -> stack.number("select count(*) from pg_replication_slots where active") > 0);
  }

  private void fail() throws Exception {
    switch (random.nextInt(4)) {
      case 0, 1 -> Failures.afterWrites(1 + random.nextInt(1_500));
      case 2 -> Failures.atFlush(1 + random.nextInt(4));
      default -> {
        stack.sql(
            "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'walsender'");
        Failures.afterWrites(1 + random.nextInt(3_000));
      }
    }
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !Failures.pending());
  }

  @Test
  void noRowIsLostByKillsOfTheProcess() throws Exception {
    int kills = Integer.getInteger("ingest.kills", 2);
    Writers.prepare(stack, 2_000);
    try (Writers writers = Writers.start(stack, 4, random.nextLong())) {
      Path checkpoint = null;
      for (int i = 0; i < kills; i++) {
        try (IngestProcess process = IngestProcess.start(stack, checkpoint)) {
          checkpoint = process.killAfterCheckpoints(1 + random.nextInt(20), random.nextInt(400));
        }
      }
      try (RunningIngest job = RunningIngest.from(checkpoint, options())) {
        writers.close();
        tables.assertTopicsEqualTables();
      }
    }
  }

  @Test
  void theJobRecoversByItselfWhenPostgresOrKafkaDies() throws Exception {
    Writers.prepare(stack, 2_000);
    try (Writers writers = Writers.start(stack, 2, random.nextLong());
        RunningIngest job = RunningIngest.fresh(options())) {
      for (Server server : List.of(Server.POSTGRES, Server.KAFKA)) {
        long before = writers.commits();
        stack.servers().kill(server);
        stack.servers().start(server);
        await().atMost(PATIENCE).until(() -> writers.commits() > before + 20);
      }
      writers.close();
      tables.assertTopicsEqualTables();
    }
  }

  /**
   * Deliveries expire meanwhile; {@link TopicReplay} looks that no beat passes what was not sent.
   */
  @Test
  void noBeatPassesADeliveryThatExpired() throws Exception {
    Writers.prepare(stack, 500);
    try (Writers writers = Writers.start(stack, 2, random.nextLong());
        RunningIngest job = RunningIngest.fresh(options())) {
      tables.awaitTopics();
      int restarts = job.restarts();
      signal(Server.KAFKA, "STOP");
      try {
        await().atMost(PATIENCE).until(() -> job.restarts() > restarts);
      } finally {
        signal(Server.KAFKA, "CONT");
      }
      tables.awaitTopics();
      writers.close();
      tables.assertTopicsEqualTables();
    }
  }

  private void signal(Server server, String name) throws Exception {
    String pid = Long.toString(stack.servers().pid(server).orElseThrow());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  @Test
  void connectionsThatWillNeverAnswerAreGivenUp() throws Exception {
    Writers.prepare(stack, 2_000);
    try (TcpProxy proxy = TcpProxy.to(stack.servers().ports().of(Port.POSTGRES));
        Writers writers = Writers.start(stack, 2, random.nextLong());
        RunningIngest job = RunningIngest.fresh(through(proxy))) {
      await()
          .atMost(PATIENCE)
          .until(() -> stack.number("select count(*) from pg_stat_replication") > 0);
      proxy.swallow(true);
      long before = writers.commits();
      await().atMost(PATIENCE).until(() -> writers.commits() > before + 200);
      proxy.swallow(false);
      writers.close();
      tables.assertTopicsEqualTables();
    }
  }

  /** Cut off between two messages, the stream looks like one in which nothing happens. */
  @Test
  void aStreamThatFallsSilentBetweenTwoMessagesIsGivenUp() throws Exception {
    Writers.prepare(stack, 2_000);
    stack.sql("alter system set wal_sender_timeout = '5s'", "select pg_reload_conf()");
    try (TcpProxy proxy = TcpProxy.to(stack.servers().ports().of(Port.POSTGRES));
        RunningIngest job = RunningIngest.fresh(through(proxy))) {
      tables.assertTopicsEqualTables();
      proxy.swallow(true);
      stack.sql(
          "insert into users (id, username, display_name) values (900001, 'unheard', 'Unheard')");
      long unheard = stack.walPosition();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  stack.number("select max(sent_lsn) - '0/0' from pg_stat_replication") >= unheard);
      proxy.swallow(false);
      tables.assertTopicsEqualTables();
    } finally {
      stack.sql("alter system reset wal_sender_timeout", "select pg_reload_conf()");
    }
  }

  private IngestOptions through(TcpProxy proxy) {
    var configuration = stack.configuration();
    String url = stack.servers().postgresJdbcUrl();
    configuration.set(
        ConnectionOptions.SOURCE_URL, url.replaceFirst(":\\d+/", ":" + proxy.port() + "/"));
    return IngestOptions.of(configuration);
  }
}
