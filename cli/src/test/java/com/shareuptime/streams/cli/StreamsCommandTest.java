package com.shareuptime.streams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class StreamsCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine commandLine = StreamsCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  static List<String> commands() {
    return List.copyOf(StreamsCommand.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: streams " + command);
  }

  @Test
  void anUnknownCommandIsAnsweredWithTheNearest() {
    assertThat(execute("doctro")).isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("Did you mean: ").contains("doctor");
    assertThat(out.toString()).isEmpty();
  }

  @Command(name = "broken")
  static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("impossible");
    }
  }

  /** Nobody takes it for a server that is away and tries again. */
  @Test
  void aDefectHasAnExitCodeOfItsOwn() {
    CommandLine commandLine = StreamsCommand.commandLine(Broken.class);
    commandLine.setErr(new PrintWriter(err));

    assertThat(commandLine.execute("broken")).isEqualTo(CommandException.DEFECT);
    assertThat(err.toString()).contains("unexpected", "impossible", "This is a defect");
  }

  @Test
  void anImageNamesTheCommandsThatItLacks() {
    assertThat(execute("status", "--json")).isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("`status` needs a checkout").contains("demo, traffic");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnreachableClusterIsNamed() {
    assertThat(execute("cancel", "counters", "--flink-url", "http://127.0.0.1:1"))
        .isEqualTo(CommandException.UNREACHABLE);
    assertThat(err.toString()).contains("Flink at http://127.0.0.1:1 cannot be reached");
  }

  @Test
  void freshAndFromExcludeEachOther() {
    assertThat(execute("submit", "counters", "--fresh", "--from", "/x"))
        .isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("mutually exclusive");
  }

  @Test
  void aJobRunsNoWiderThanItsStateCanBeSplit() {
    String flink = "--flink-url=http://127.0.0.1:1";
    for (String number : List.of("0", "721")) {
      assertThat(execute("upgrade", "counters", flink, "--parallelism", number))
          .isEqualTo(CommandException.USAGE);
      assertThat(err.toString()).contains("--parallelism is " + number, "from 1 to 720");
    }
  }

  @Test
  void aFeedIsThatOfAUserAndARebuildOfAllIsNobodys() {
    assertThat(execute("feed")).isEqualTo(CommandException.USAGE);
    assertThat(execute("feed", "7", "--page", "0")).isEqualTo(CommandException.USAGE);
    assertThat(execute("feed", "7", "--size", "501")).isEqualTo(CommandException.USAGE);
    assertThat(execute("feed", "7", "--rebuild-all")).isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("No user is given", "--page is 0", "1 to 500", "user 7");
  }

  @Test
  void documentsOfEventsAreNotReindexed(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("streams.yaml"), "search.mode: events\n");
    String flink = "--flink-url=http://127.0.0.1:1";
    assertThat(execute("reindex", "posts", flink, "--config", config.toString()))
        .isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("search.mode").contains("mode cdc first");
  }

  /** An image has the operator's commands alone. */
  @Test
  void theHelpOfTheOperatorNamesNoLocalStack() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).doesNotContain("local stack");
  }

  @Test
  void columnsOfATableLineUp() {
    assertThat(Output.table(List.of("A", "LONG"), List.of(List.of("longer", "x"))))
        .isEqualTo("A       LONG" + System.lineSeparator() + "longer  x");
  }
}
