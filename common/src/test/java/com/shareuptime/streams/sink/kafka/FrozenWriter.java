package com.shareuptime.streams.sink.kafka;

import com.shareuptime.streams.option.KafkaAddress;
import com.shareuptime.streams.sink.SupersededException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A writer in a JVM of its own, which writes all its keys again and again, and can be frozen. */
final class FrozenWriter implements AutoCloseable {
  private static final int KEYS = 20;

  private final Process process;
  private final Path log;

  private FrozenWriter(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static FrozenWriter start(KeyedTopic topic, int subtask, int parallelism) throws IOException {
    Path log = Files.createTempFile("frozen-writer-", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FrozenWriter.class.getName(),
                topic.kafka().bootstrap(),
                topic.name(),
                Integer.toString(subtask),
                Integer.toString(parallelism))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new FrozenWriter(process, log);
  }

  /** In the other JVM. */
  public static void main(String[] args) throws Exception {
    KeyedTopic topic = new KeyedTopic(new KafkaAddress(args[0], null), args[1]);
    int subtask = Integer.parseInt(args[2]);
    int parallelism = Integer.parseInt(args[3]);
    try (var writer = topic.writer(subtask, parallelism, () -> {})) {
      for (int i = 0; ; i++) {
        try {
          writer.write(values("old", i, subtask, parallelism));
          System.out.println("written " + i);
        } catch (SupersededException e) {
          System.out.println("superseded");
          return;
        } catch (Exception e) {
          System.out.println("again, as " + e); // as the sink does
        }
      }
    }
  }

  static List<String> values(String run, int round) {
    return values(run, round, 0, 1);
  }

  /** The values of one subtask's keys. */
  static List<String> values(String run, int round, int subtask, int parallelism) {
    return IntStream.range(0, KEYS)
        .filter(key -> key % parallelism == subtask)
        .mapToObj(key -> "key" + key + ":" + run + round)
        .toList();
  }

  long batches() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.startsWith("written")).count();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  void freeze() throws Exception {
    signal("STOP");
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + name + " failed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
