package com.shareuptime.streams.local.stack;

import com.shareuptime.streams.contract.FlatYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The Flink configuration of one stack: the checked-in one with this stack's addresses and folders,
 * and the JVM parameters that Flink derives from it.
 */
final class FlinkFiles {
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final StackHome home;
  private final Ports ports;
  private final ServerPrograms programs;
  private final Map<String, String> settings;

  /**
   * @param settings win over those that are checked in
   */
  FlinkFiles(StackHome home, Ports ports, ServerPrograms programs, Map<String, String> settings) {
    this.home = home;
    this.ports = ports;
    this.programs = programs;
    this.settings = Map.copyOf(settings);
  }

  Path folder() {
    return home.conf("flink");
  }

  private Path configuration() {
    return folder().resolve("config.yaml");
  }

  /** Brings the files up to date; both Flink processes do so, at the same time. */
  synchronized void write() throws IOException {
    Files.createDirectories(folder());
    for (String data : List.of("ha", "checkpoints", "savepoints", "upload", "tmp")) {
      Files.createDirectories(home.flinkData().resolve(data));
    }
    replace(configuration(), FlatYaml.write(merged()));
    for (String file : List.of("log4j.properties")) {
      replace(folder().resolve(file), Files.readString(programs.flinkConf().resolve(file)));
    }
  }

  private static void replace(Path file, String content) throws IOException {
    Path partial = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
    Files.writeString(partial, content);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Map<String, String> merged() {
    Map<String, String> merged = FlatYaml.read(programs.flinkConf().resolve("config.yaml"));
    merged.putAll(settings);
    merged.putAll(
        Map.of("jobmanager.rpc.address", "127.0.0.1", "jobmanager.bind-host", "127.0.0.1"));
    merged.put("jobmanager.rpc.port", port(Port.JOBMANAGER_RPC));
    merged.put("high-availability.jobmanager.port", port(Port.JOBMANAGER_RPC));
    merged.put("blob.server.port", port(Port.BLOB));
    merged.put("rest.address", "127.0.0.1");
    merged.put("rest.bind-address", "127.0.0.1");
    merged.put("rest.port", port(Port.FLINK_REST));
    merged.put("rest.bind-port", port(Port.FLINK_REST));
    merged.put("taskmanager.host", "127.0.0.1");
    merged.put("taskmanager.bind-host", "127.0.0.1");
    merged.put("high-availability.zookeeper.quorum", "127.0.0.1:" + port(Port.ZOOKEEPER));
    merged.put("high-availability.storageDir", data("ha"));
    merged.put("execution.checkpointing.dir", data("checkpoints"));
    merged.put("execution.checkpointing.savepoint-dir", data("savepoints"));
    merged.put("io.tmp.dirs", home.flinkData().resolve("tmp").toString());
    merged.put("web.upload.dir", home.flinkData().resolve("upload").toString());
    return merged;
  }

  private String port(Port port) {
    return Integer.toString(ports.of(port));
  }

  private String data(String name) {
    return home.flinkData().resolve(name).toUri().toString();
  }

  /**
   * Everything of the command line before the main class.
   *
   * @param process what Flink calls such a process in its options
   */
  List<String> java(Server server, String process, List<String> memory) {
    Map<String, String> configuration = FlatYaml.read(configuration());
    List<String> command = new ArrayList<>(List.of(ServerPrograms.java()));
    command.addAll(memory);
    for (String key : List.of("env.java.opts.all", "env.java.opts." + process)) {
      command.addAll(words(configuration.getOrDefault(key, "")));
    }
    command.add("-Dlog.file=" + home.log(server));
    command.add("-Dlog4j2.configurationFile=" + folder().resolve("log4j.properties"));
    command.addAll(List.of("-cp", programs.flinkClassPath()));
    return command;
  }

  /** What Flink's own start scripts ask for: JVM parameters, then {@code -D} options. */
  List<List<String>> memory(String question) throws IOException {
    CRC32 hash = new CRC32();
    hash.update(Files.readAllBytes(configuration()));
    Path remembered = folder().resolve(question.toLowerCase(Locale.ROOT) + "." + hash.getValue());
    if (!Files.exists(remembered)) {
      String answer =
          Tool.require(
              List.of(
                  ServerPrograms.java(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dlog4j2.level=OFF",
                  "-cp",
                  programs.flinkClassPath(),
                  "org.apache.flink.runtime.util.bash.BashJavaUtils",
                  question,
                  "--configDir",
                  folder().toString()));
      Files.writeString(remembered, answer, StandardCharsets.UTF_8);
    }
    List<List<String>> results =
        Files.readAllLines(remembered).stream()
            .filter(line -> line.startsWith(RESULT))
            .map(line -> words(line.substring(RESULT.length())))
            .toList();
    if (results.isEmpty()) {
      throw new IOException(
          "Flink derives no memory from " + configuration() + ": see " + remembered);
    }
    return results;
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
