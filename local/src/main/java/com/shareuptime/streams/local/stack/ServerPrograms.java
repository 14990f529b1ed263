package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the servers that run on Java are started with: the class paths that the build collects. */
record ServerPrograms(Installation installation) {
  String kafkaClassPath() {
    return classPath("local/servers/kafka");
  }

  String openSearchClassPath() {
    return classPath("local/servers/opensearch");
  }

  String flinkClassPath() {
    return classPath("local/servers/flink");
  }

  Path flinkConf() {
    return installation.flinkConf();
  }

  /** Spelled out and sorted, so that the order of classes is the same on every machine. */
  private String classPath(String module) {
    Path lib = installation.root().resolve(module).resolve("target/lib");
    if (!Files.isDirectory(lib)) {
      throw CommandException.wrong(
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
