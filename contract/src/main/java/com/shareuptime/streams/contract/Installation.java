package com.shareuptime.streams.contract;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder in which commands find the jars of the jobs and their settings: a checked-out and
 * built project, or what an image has of it.
 */
public record Installation(Path root) {
  private static final String SETTINGS = "flink-conf";

  /** The project around the current directory, or the folder that STREAMS_ROOT names. */
  public static Installation find() {
    String named = System.getenv("STREAMS_ROOT");
    Path start = Path.of(named == null || named.isBlank() ? "" : named).toAbsolutePath();
    return from(start);
  }

  static Installation from(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Installation found = new Installation(folder);
      if (found.isCheckout()) {
        return found;
      }
    }
    if (Files.isDirectory(start.resolve(SETTINGS))) {
      return new Installation(start);
    }
    throw CommandException.usage(
        start + " is not inside the project.",
        "Run it from the project's folder, or name that folder in STREAMS_ROOT.");
  }

  /** Whether it has all sources, and so a local stack; an image has neither. */
  public boolean isCheckout() {
    return Files.exists(root.resolve("local/servers/kafka/pom.xml"));
  }

  public Path jobJar(String job) {
    Path jobs = root.resolve("jobs");
    return isCheckout()
        ? jobs.resolve(job).resolve("target").resolve(job + ".jar")
        : jobs.resolve(job + ".jar");
  }

  public Path flinkConf() {
    return root.resolve(SETTINGS);
  }
}
