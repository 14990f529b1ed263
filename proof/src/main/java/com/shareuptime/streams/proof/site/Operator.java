package com.shareuptime.streams.proof.site;

import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.local.stack.StackHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Types the commands of the documentation, as {@code ./streams} runs them, and remembers them. */
public final class Operator {
  private static final String COMMAND = "com.shareuptime.streams.proof.CheckoutCommand";

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

  /**
   * What a command said.
   *
   * @param code its exit code
   * @param output lines of both streams
   */
  public record Answer(int code, List<String> output) {}

  /** Ends the job if it is still on the cluster, and starts it without state. */
  public void startAnew(String job) throws IOException, InterruptedException {
    Answer unused = ask("cancel", job); // a job that has failed for good has ended already
    require(List.of("submit", job, "--fresh"), configured(job));
  }

  /** Goes on with another parallelism. */
  public void upgrade(String job, int parallelism) throws IOException, InterruptedException {
    require(
        List.of("upgrade", job, "--parallelism", Integer.toString(parallelism)), configured(job));
  }

  public void type(String... words) throws IOException, InterruptedException {
    require(List.of(words), List.of());
  }

  /** What has been typed, without settings of this suite. */
  public List<String> typed() {
    return List.copyOf(typed);
  }

  private List<String> configured(String job) {
    return List.of("--config", configuration.apply(job).toString());
  }

  private void require(List<String> words, List<String> settings)
      throws IOException, InterruptedException {
    List<String> all = Stream.concat(words.stream(), settings.stream()).toList();
    Answer answer = run(all);
    for (int again = 1; again < TRIES && answer.code() == CommandException.UNREACHABLE; again++) {
      answer = run(all);
    }
    if (answer.code() != 0) {
      throw new IOException(
          "./streams %s ended with %d: %s"
              .formatted(
                  String.join(" ", all), answer.code(), String.join(" | ", answer.output())));
    }
    typed.add(String.join(" ", words));
  }

  /** Types a command that may end as it likes. */
  public Answer ask(String... words) throws IOException, InterruptedException {
    typed.add(String.join(" ", words));
    return run(List.of(words));
  }

  private Answer run(List<String> words) throws IOException, InterruptedException {
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
      List<String> output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      return new Answer(process.waitFor(), output);
    } finally {
      process.destroy();
    }
  }
}
