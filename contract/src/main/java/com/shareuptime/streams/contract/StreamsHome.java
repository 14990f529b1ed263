package com.shareuptime.streams.contract;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that STREAMS_HOME names: data of the local stack, and what the command remembers.
 *
 * @param root absolute
 */
public record StreamsHome(Path root) {
  public StreamsHome {
    root = root.toAbsolutePath().normalize();
  }

  /** The folder that {@code environment} names, by default {@code .streams} in the project's. */
  public static StreamsHome of(Map<String, String> environment) {
    String home = environment.getOrDefault("STREAMS_HOME", "");
    return new StreamsHome(
        home.isBlank() ? Installation.find().root().resolve(".streams") : Path.of(home));
  }

  /** Where the servers of the local stack are, as in a file for {@code --config}; while it runs. */
  public Path servers() {
    return root.resolve("run").resolve("servers.yaml");
  }

  /** What is remembered of a submitted job. */
  public Path job(String name) {
    return root.resolve("jobs").resolve(name + ".json");
  }

  /** Checkpoints, savepoints and what the cluster needs to recover its jobs. */
  public Path flinkData() {
    return root.resolve("data").resolve("flink");
  }
}
