package com.shareuptime.streams.ingest;

import static org.awaitility.Awaitility.await;

import com.shareuptime.streams.ingest.mapping.IngestModel;
import com.shareuptime.streams.ingest.slot.SlotSource;
import com.shareuptime.streams.ingest.topic.TopicsSink;
import com.shareuptime.streams.option.OptionLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job in a JVM of its own, which can be killed as the kernel kills. */
final class IngestProcess implements AutoCloseable {
  private final Process process;
  private final Path checkpoints;

  private IngestProcess(Process process, Path checkpoints) {
    this.process = process;
    this.checkpoints = checkpoints;
  }

  static IngestProcess start(IngestStack stack, Path checkpoint) throws Exception {
    Path folder = Files.createTempDirectory("ingest-process-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + opens(folder));
    command.addAll(
        List.of(
            "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(IngestProcess.class.getName());
    command.add(folder.toString());
    command.add(checkpoint == null ? "" : checkpoint.toString());
    stack
        .configuration()
        .toMap()
        .forEach(
            (key, value) -> {
              command.add("--" + key);
              command.add(value);
            });
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    return new IngestProcess(process, folder);
  }

  /** The module options of this JVM: Flink needs them in the other as well. */
  private static Path opens(Path folder) throws Exception {
    List<String> opens =
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-"))
            .toList();
    return Files.write(folder.resolve("opens"), opens);
  }

  /** In the other JVM. */
  public static void main(String[] args) throws Exception {
    Path restored = args[1].isEmpty() ? null : Path.of(args[1]);
    Configuration flink = RunningIngest.configuration(Path.of(args[0]), restored);
    String[] jobArguments = java.util.Arrays.copyOfRange(args, 2, args.length);
    IngestOptions options =
        IngestOptions.of(OptionLoader.load(jobArguments, IngestOptions.OPTIONS.all()));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    IngestModel model = IngestModel.canonical();
    IngestJob.build(
        env, SlotSource.of(options, model.tables()), TopicsSink.sink(options), options, model);
    env.execute("ingest");
  }

  /**
   * Kills after so many checkpoints, and a bit later.
   *
   * @return the newest complete checkpoint
   */
  Path killAfterCheckpoints(int count, long millis) throws Exception {
    await()
        .atMost(TableRows.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> number(checkpoint()) >= count);
    process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return newest().orElseThrow();
  }

  /**
   * Stops every thread, as the kernel stops them, after so many checkpoints.
   *
   * @return the newest complete checkpoint
   */
  Path freezeAfterCheckpoints(long count) throws Exception {
    await().atMost(TableRows.PATIENCE).until(() -> number(checkpoint()) >= count);
    signal("STOP");
    return newest().orElseThrow();
  }

  /** How many checkpoints have been completed. */
  long checkpoints() throws Exception {
    return number(checkpoint());
  }

  /** Lets them go on where they were. */
  void thaw() throws Exception {
    signal("CONT");
  }

  /** All that it has printed. */
  String output() throws Exception {
    return Files.readString(checkpoints.resolve("log"));
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  private static long number(Optional<Path> checkpoint) {
    return checkpoint
        .map(path -> Long.parseLong(path.getFileName().toString().substring(4)))
        .orElse(0L);
  }

  private Optional<Path> checkpoint() throws Exception {
    if (!process.isAlive()) {
      throw new AssertionError("ended:\n" + output());
    }
    return newest();
  }

  private Optional<Path> newest() throws Exception {
    try (var jobs = Files.list(checkpoints)) {
      Optional<Path> job = jobs.filter(Files::isDirectory).findFirst();
      return job.isEmpty() ? job : RunningIngest.lastCheckpoint(job.get());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
