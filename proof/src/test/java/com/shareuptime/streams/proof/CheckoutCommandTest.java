package com.shareuptime.streams.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.cli.StreamsCommand;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CheckoutCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    CommandLine commandLine = CheckoutCommand.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  static List<String> commands() {
    return List.copyOf(CheckoutCommand.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: streams " + command);
  }

  /** The order in which help shows them: first what a newcomer needs. */
  @Test
  void theDemoComesFirstAndTheOperatorsCommandsAreThere() {
    assertThat(commands())
        .startsWith(StreamsCommand.OF_A_CHECKOUT.toArray(String[]::new))
        .contains("submit", "explain");
  }

  @Test
  void anUnknownServerIsAnsweredWithTheKnownOnes() {
    assertThat(execute("kill", "mysql")).isEqualTo(CommandException.USAGE);
    assertThat(err.toString()).contains("no server named 'mysql'").contains("postgres");
  }
}
