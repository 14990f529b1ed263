package com.shareuptime.streams.contract;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-out project, and where its build puts the jars of the jobs. */
public record Installation(Path root) {

  /** The project around the current directory, or the folder that STREAMS_ROOT names. */
  public static Installation find() {
    String named = System.getenv("STREAMS_ROOT");
    Path start = Path.of(named == null || named.isBlank() ? "" : named).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("local/servers/kafka/pom.xml"))) {
        return new Installation(folder);
      }
    }
    throw CommandException.usage(
        start + " is not inside the project.",
        "Run it from the project's folder, or name that folder in STREAMS_ROOT.");
  }

  public Path jobJar(String job) {
    return root.resolve("jobs").resolve(job).resolve("target").resolve(job + ".jar");
  }

  public Path flinkConf() {
    return root.resolve("flink-conf");
  }
}
