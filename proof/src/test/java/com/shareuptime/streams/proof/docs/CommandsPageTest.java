package com.shareuptime.streams.proof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.proof.CheckoutCommand;
import com.shareuptime.streams.proof.bench.BenchCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The page {@code docs/commands.md} is what the commands say of themselves. With {@code
 * -Dstreams.docs.write=true} it is written instead of compared.
 */
class CommandsPageTest {
  private static final Path PAGE = Installation.find().root().resolve("docs/commands.md");
  private static final String BEGIN = "<!-- commands -->\n";
  private static final String END = "<!-- end of commands -->";

  @Test
  void thePageIsWhatTheCommandsSay() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).contains(BEGIN, END);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END);
    StringBuilder commands = new StringBuilder();
    write(CheckoutCommand.commandLine(), "./", commands);
    write(new CommandLine(new BenchCommand()), "", commands);
    if (Boolean.getBoolean("streams.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + commands + page.substring(to));
    } else {
      assertThat(page.substring(from, to))
          .as("commands of %s; -Dstreams.docs.write=true writes them", PAGE)
          .isEqualTo(commands.toString());
    }
  }

  private static void write(CommandLine command, String prefix, StringBuilder page) {
    CommandSpec spec = command.getCommandSpec();
    page.append("## %s%s\n\n".formatted(prefix, spec.qualifiedName()));
    page.append(sentence(spec.usageMessage().description())).append("\n\n");
    String synopsis = command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
    page.append("```\n%s%s\n```\n\n".formatted(prefix, synopsis));
    List<ArgSpec> arguments = spec.args().stream().filter(CommandsPageTest::isShown).toList();
    if (!arguments.isEmpty()) {
      page.append("| | |\n|---|---|\n");
      for (ArgSpec argument : arguments) {
        page.append("| %s | %s |\n".formatted(name(argument), sentence(argument.description())));
      }
      page.append('\n');
    }
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    if (!codes.isEmpty() && spec.userObject() != null && !isInherited(spec, codes)) {
      page.append("Exit codes: ");
      codes.forEach((code, meaning) -> page.append("%s %s; ".formatted(code, meaning)));
      page.setLength(page.length() - 2);
      page.append(".\n\n");
    }
    command.getSubcommands().values().forEach(sub -> write(sub, prefix, page));
  }

  private static boolean isInherited(CommandSpec spec, Map<String, String> codes) {
    return spec.parent() != null && spec.parent().usageMessage().exitCodeList().equals(codes);
  }

  /** Every command has these two. */
  private static boolean isShown(ArgSpec argument) {
    boolean standard =
        argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp());
    return !argument.hidden() && !standard;
  }

  private static String name(ArgSpec argument) {
    String label = argument.paramLabel();
    if (!(argument instanceof OptionSpec option)) {
      return "`" + label + "`";
    }
    boolean takesValue = option.arity().max() > 0;
    return "`%s%s`".formatted(option.longestName(), takesValue ? " " + label : "");
  }

  private static String sentence(String[] lines) {
    return String.join(" ", lines)
        .replaceAll("%n", " ")
        .replaceAll("\\s+", " ")
        .strip()
        .replace("|", "\\|");
  }
}
