package com.shareuptime.streams.bench.faults;

import com.shareuptime.streams.local.stack.Installation;
import com.shareuptime.streams.local.stack.StackException;
import com.shareuptime.streams.local.stack.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Types the commands of the documentation, as {@code ./streams} runs them, and remembers them. */
final class Operator {
  private static final String COMMAND = "com.shareuptime.streams.cli.StreamsCommand";

  /** What cannot be reached on a busy machine is tried again, as anybody would. */
  private static final int TRIES = 3;

  private final StackHome home;
  private final Function<String, Path> configuration;
  private final List<String> typed = new ArrayList<>();

  /**
   * @param configuration of a job, to be given with {@code --config}
   */
  Operator(StackHome home, Function<String, Path> configuration) {
    this.home = home;
    this.configuration = configuration;
  }

  /** Ends the job if it is still on the cluster, and starts it without state. */
  void startAnew(String job) throws IOException, InterruptedException {
    int unused = run(List.of("cancel", job)); // a job that has failed for good has ended already
    typed.add("cancel " + job);
    demand(List.of("submit", job, "--fresh", "--config", configuration.apply(job).toString()));
    typed.add("submit " + job + " --fresh");
  }

  void type(String... words) throws IOException, InterruptedException {
    demand(List.of(words));
    typed.add(String.join(" ", words));
  }

  /** What has been typed, without settings of this suite. */
  List<String> typed() {
    return List.copyOf(typed);
  }

  private void demand(List<String> words) throws IOException, InterruptedException {
    List<String> output = new ArrayList<>();
    int code = run(words, output);
    for (int again = 1; again < TRIES && code == StackException.UNREACHABLE; again++) {
      output.clear();
      code = run(words, output);
    }
    if (code != 0) {
      throw new IOException(
          "./streams %s ended with %d: %s"
              .formatted(String.join(" ", words), code, String.join(" | ", output)));
    }
  }

  private int run(List<String> words) throws IOException, InterruptedException {
    return run(words, new ArrayList<>());
  }

  private int run(List<String> words, List<String> output)
      throws IOException, InterruptedException {
    // not the launcher itself: it would build what somebody edits while this runs
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                COMMAND));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STREAMS_HOME", home.root().toString());
    builder.environment().put("STREAMS_ROOT", Installation.find().root().toString());
    builder.environment().remove("STREAMS_PORT_BASE");
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .forEach(output::add);
      return process.waitFor();
    } finally {
      process.destroy();
    }
  }
}
