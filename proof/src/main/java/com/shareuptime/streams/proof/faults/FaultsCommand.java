package com.shareuptime.streams.proof.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.shareuptime.streams.proof.bench.report.Reports;
import com.shareuptime.streams.proof.site.SiteMixin;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run faults}. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Inject faults in random order on a stack of its own under traffic: what"
          + " shows them, how long",
      "until every surface is correct again, and what an operator has to do."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all was correct after every fault, and no guarantee was broken",
      "1:something was wrong",
      "2:wrong usage or a failure"
    })
public final class FaultsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private record Report(
      long seed, double seconds, List<FaultTable.Row> table, List<Outcome> outcomes) {}

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "30m",
      converter = TimeConverter.class,
      description =
          "Inject no fault later than so long after the stack was up, e.g. 30m, 2h,"
              + " 1h30m (default ${DEFAULT-VALUE}).")
  private Duration time;

  @Mixin private SiteMixin site;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description =
          "Inject only these kinds, by name or its beginning up to a hyphen:"
              + " kill-redis, kill, … Default: all.")
  private List<String> kinds = List.of();

  @Option(names = "--json", description = "Print the report as JSON on stdout, all else on stderr.")
  private boolean json;

  @Spec private CommandSpec spec;

  static final class TimeConverter implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Duration.parse("PT" + value);
    }
  }

  @Override
  public Integer call() throws Exception {
    long seed = site.seed();
    Schedule schedule;
    try {
      schedule = new Schedule(Faults.named(kinds), seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintStream lines = json ? System.err : System.out;
    lines.printf("seed %d, for %s%n", seed, time.toString().substring(2).toLowerCase(Locale.ROOT));
    long begin = System.nanoTime();
    Path file = Reports.file("faults", ".json");
    Files.createDirectories(file.getParent());
    Suite suite =
        new Suite(
            schedule,
            site,
            Reports.file("faults", ""),
            line ->
                lines.printf(
                    Locale.ROOT,
                    "[%5d s] %s%n",
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                    line),
            outcomes -> write(file, report(seed, begin, outcomes)));
    List<Outcome> outcomes = suite.run(time);
    System.out.println(
        json
            ? JSON.writeValueAsString(report(seed, begin, outcomes))
            : System.lineSeparator() + FaultTable.of(outcomes));
    lines.println("As JSON: " + file);
    return outcomes.stream().allMatch(Outcome::isRight) ? 0 : 1;
  }

  private static Report report(long seed, long begin, List<Outcome> outcomes) {
    return new Report(
        seed,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        FaultTable.rows(outcomes),
        outcomes);
  }

  private static void write(Path file, Report report) {
    try {
      JSON.writeValue(file.toFile(), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
