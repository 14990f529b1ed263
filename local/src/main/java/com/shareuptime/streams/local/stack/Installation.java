package com.shareuptime.streams.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checked-out project: where the build puts the class paths of the servers and the job jars.
 */
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
    throw StackException.usage(
        start + " is not inside the project.",
        "Run it from the project's folder, or name that folder in STREAMS_ROOT.");
  }

  public Path jobJar(String job) {
    return root.resolve("jobs").resolve(job).resolve("target").resolve(job + ".jar");
  }

  public Path flinkConf() {
    return root.resolve("flink-conf");
  }

  String kafkaClassPath() {
    return classPath("local/servers/kafka");
  }

  String openSearchClassPath() {
    return classPath("local/servers/opensearch");
  }

  String flinkClassPath() {
    return classPath("local/servers/flink");
  }

  /** Spelled out and sorted, so that the order of classes is the same on every machine. */
  private String classPath(String module) {
    Path lib = root.resolve(module).resolve("target/lib");
    if (!Files.isDirectory(lib)) {
      throw StackException.wrong(
          "The class path in " + lib + " is not built yet.",
          "Build it: ./mvnw package -pl " + module);
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(Path::toString).sorted().collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + lib, e);
    }
  }

  /** The same Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
