package com.shareuptime.streams.proof.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.contract.Installation;
import com.shareuptime.streams.proof.CheckoutCommand;
import com.shareuptime.streams.proof.bench.BenchCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Every command line of every page is one that the command takes, and sets options that there are.
 */
class CommandLinesTest {
  private static final Path ROOT = Installation.find().root();

  /** In blocks a command ends where two spaces, a comment or another command begins. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?<![\\w/])(\\./streams|bench/run) ([^`\\n]*?)(?=`|\\n| {2,}| #| && | > | \\||\\)\"|$)");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
  private static final Pattern SETTING = Pattern.compile("--set(?: |=)\"?([\\w.-]+)=");

  /** What pages write for what the reader puts there. */
  private static final Map<String, String> PLACES =
      Map.of(
          "JOB",
          "counters",
          "NAME",
          "redis",
          "$job",
          "counters",
          "$POST",
          "42",
          "ID",
          "1",
          "N",
          "7",
          "S",
          "5");

  record Line(Path page, String program, String arguments) {
    @Override
    public String toString() {
      return ROOT.relativize(page) + ": " + program + " " + arguments;
    }
  }

  static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> others =
            Stream.of("docker/README.md", "bench/README.md", "sql/README.md").map(ROOT::resolve)) {
      for (Path page :
          Stream.of(top, docs, others)
              .flatMap(pages -> pages)
              .filter(page -> page.toString().endsWith(".md"))
              .filter(page -> !page.endsWith("docs/commands.md")) // generated, with synopses
              .sorted()
              .toList()) {
        Matcher command = COMMAND.matcher(Files.readString(page));
        while (command.find()) {
          String arguments = command.group(2).strip();
          boolean isWhole = !arguments.contains("…") && !arguments.contains("[");
          if (isWhole && !arguments.isEmpty()) {
            lines.add(new Line(page, command.group(1), arguments));
          }
        }
      }
    }
    return lines.stream().distinct().toList();
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theCommandTakesIt(Line line) {
    CommandLine command =
        line.program.equals("./streams")
            ? CheckoutCommand.commandLine()
            : new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    String[] words = words(line.arguments);
    if (words.length == 1 && command.getSubcommands().containsKey(words[0])) {
      return; // the command's name, in a sentence
    }
    try {
      command.parseArgs(words);
    } catch (ParameterException e) {
      throw new AssertionError(line + ": " + e.getMessage(), e);
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void itSetsOptionsThatThereAre(Line line) throws IOException {
    Matcher setting = SETTING.matcher(line.arguments);
    String options = Files.readString(ROOT.resolve("docs/options.md"));
    while (setting.find()) {
      assertThat(options).as(line.toString()).contains("| `" + setting.group(1) + "` |");
    }
  }

  private static String[] words(String arguments) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(arguments);
    while (word.find()) {
      String text =
          Stream.of(1, 2, 3)
              .map(word::group)
              .filter(group -> group != null)
              .findFirst()
              .orElseThrow();
      words.add(PLACES.getOrDefault(text, text));
    }
    return words.toArray(String[]::new);
  }
}
