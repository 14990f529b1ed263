package com.shareuptime.streams.proof.faults;

import com.shareuptime.streams.cli.flink.FlinkClient;
import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.local.Addresses;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import com.shareuptime.streams.proof.server.ProductDatabase;
import com.shareuptime.streams.proof.thread.Daemon;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Looks at a stack as an operator does (processes, health checks, Flink's REST, progress, the log)
 * and notes what shows that something is wrong, each thing once.
 */
final class FailureDetector implements AutoCloseable {
  /** Published several times a second: so long a silence is no busy moment. */
  private static final Duration STANDSTILL = Duration.ofSeconds(5);

  /** Three of the checkpoints that are due every ten seconds. */
  private static final Duration CHECKPOINT_AGE = Duration.ofSeconds(35);

  private static final Set<Server> STORES =
      EnumSet.of(Server.POSTGRES, Server.KAFKA, Server.REDIS, Server.OPENSEARCH);
  private static final String PROGRESS =
      "select surface, coalesce(visible_lsn::text, 'none') from streams.pipeline_progress";
  private static final int PROGRESS_MILLIS = 2_000;
  private static final Pattern OUR_ERROR =
      Pattern.compile("^\\S+ \\S+ ERROR (c\\.s\\.s\\.\\S+|com\\.shareuptime\\.\\S+) +.*? - (.*)$");
  private static final int MOST_OF_A_LINE = 110;

  /** The first of its kind, so long after the fault began. */
  record Signal(String words, double seconds) {}

  private final LocalStack stack;
  private final Addresses addresses;
  private final FlinkClient flink;
  private final long begin = System.nanoTime();
  private final Map<String, Signal> signals = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, String> positions = new HashMap<>();
  private final Map<String, Long> movedAt = new HashMap<>();
  private final Set<Server> servers = EnumSet.noneOf(Server.class);

  /** Of each task manager that runs: its log, and how much of it has been read. */
  private final Map<Path, Long> logs = new ConcurrentHashMap<>();

  private FailureDetector(LocalStack stack, Addresses addresses) {
    this.stack = stack;
    this.addresses = addresses;
    this.flink = new FlinkClient(stack.flinkUrl());
    for (Server server : Server.values()) {
      if (stack.isRunning(server)) {
        servers.add(server);
        if (server.isTaskManager()) {
          Path log = stack.home().log(server);
          logs.put(log, size(log));
        }
      }
    }
  }

  static FailureDetector start(LocalStack stack, Addresses addresses) {
    FailureDetector lookout = new FailureDetector(stack, addresses);
    lookout.repeat("processes", 200, lookout::lookAtProcesses);
    lookout.repeat("jobs", 500, lookout::lookAtJobs);
    lookout.repeat("checkpoints", 5_000, lookout::lookAtCheckpoints);
    lookout.repeat("progress", 1_000, lookout::lookAtProgress);
    lookout.repeat("log", 1_000, lookout::lookAtLogs);
    for (Server server : STORES) {
      lookout.repeat(server.id(), 3_000, () -> lookout.lookAt(server));
    }
    return lookout;
  }

  synchronized List<Signal> signals() {
    return List.copyOf(signals.values());
  }

  /** Returns when something shows, or after so long. */
  synchronized void awaitFirst(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (signals.isEmpty() && System.nanoTime() < deadline) {
      wait(100);
    }
  }

  private synchronized void note(String words) {
    signals.computeIfAbsent(
        words, any -> new Signal(words, (System.nanoTime() - begin) / 1_000_000_000.0));
    notifyAll();
  }

  private void lookAtProcesses() {
    for (Server server : servers) {
      if (!stack.isRunning(server)) {
        note(server.id() + ": process gone");
      }
    }
  }

  private void lookAt(Server server) {
    if (stack.healthProblem(server).isPresent() && !Thread.currentThread().isInterrupted()) {
      note(server.id() + ": does not answer");
    }
  }

  private void lookAtJobs() {
    List<Job> all;
    try {
      all = flink.jobs();
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) {
        note("jobmanager: REST does not answer");
      }
      return;
    }
    for (String name : Jobs.ALL) {
      Optional<Job> job = all.stream().filter(one -> one.name().equals(name)).findFirst();
      if (job.isEmpty()) {
        note("job " + name + ": gone");
      } else if (!job.get().isRunning()) {
        note(
            "job %s: %s"
                .formatted(
                    name, job.get().state().equals("RUNNING") ? "starts anew" : job.get().state()));
        flink
            .lastFailure(job.get().id())
            .ifPresent(cause -> note("job " + name + " failed: " + firstLine(cause)));
      }
    }
  }

  private void lookAtCheckpoints() {
    for (Job job : flink.jobs()) {
      Optional<Long> at = job.hasEnded() ? Optional.empty() : flink.latestCheckpointAt(job.id());
      if (at.isPresent() && System.currentTimeMillis() - at.get() > CHECKPOINT_AGE.toMillis()) {
        note("job %s: no checkpoint for %d s".formatted(job.name(), CHECKPOINT_AGE.toSeconds()));
      }
    }
  }

  /** By whoever can be reached: a silent Postgres is noticed elsewhere. */
  private void lookAtProgress() throws SQLException {
    Map<String, String> now;
    try (Handle handle = ProductDatabase.at(addresses).open()) {
      handle.getConnection().setNetworkTimeout(Runnable::run, PROGRESS_MILLIS);
      now = ProductDatabase.pairs(handle.select(PROGRESS), String.class, String.class);
    }
    long time = System.nanoTime();
    now.forEach(
        (surface, position) -> {
          if (!position.equals(positions.put(surface, position))) {
            movedAt.put(surface, time);
          } else if (time - movedAt.get(surface) > STANDSTILL.toNanos()) {
            note("progress of " + surface + ": stands still");
          }
        });
  }

  private void lookAtLogs() throws IOException {
    for (Map.Entry<Path, Long> log : logs.entrySet()) {
      log.setValue(lookAtLog(log.getKey(), log.getValue()));
    }
  }

  /** Returns how much of it has been read now. */
  private long lookAtLog(Path log, long readBefore) throws IOException {
    long size = size(log);
    long read = size < readBefore ? 0 : readBefore; // it has rolled over
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] news = new byte[(int) Math.min(size - read, 1 << 20)];
      file.seek(read);
      file.readFully(news);
      for (String line : new String(news, StandardCharsets.UTF_8).lines().toList()) {
        Matcher error = OUR_ERROR.matcher(line);
        if (error.matches()) {
          note("log: " + firstLine(error.group(2)));
        }
      }
      return read + news.length;
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() > MOST_OF_A_LINE ? line.substring(0, MOST_OF_A_LINE) + "…" : line;
  }

  @FunctionalInterface
  private interface Look {
    void look() throws IOException, SQLException;
  }

  private void repeat(String name, long pauseMillis, Look look) {
    threads.add(
        Daemon.start(
            "lookout-" + name,
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  look.look();
                } catch (IOException | SQLException | RuntimeException e) {
                  // what cannot be asked is seen by another look
                }
                try {
                  Thread.sleep(pauseMillis);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            }));
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
