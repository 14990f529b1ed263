package com.shareuptime.streams.proof.bench;

import com.shareuptime.streams.proof.bench.cdc.CdcBench;
import com.shareuptime.streams.proof.bench.counters.CountersBench;
import com.shareuptime.streams.proof.bench.embedding.EmbeddingBench;
import com.shareuptime.streams.proof.bench.feedcost.FeedCostCommand;
import com.shareuptime.streams.proof.bench.feeds.FeedsBench;
import com.shareuptime.streams.proof.bench.generator.Shape;
import com.shareuptime.streams.proof.bench.reconcile.ReconcileBenchCommand;
import com.shareuptime.streams.proof.bench.relevance.RelevanceCommand;
import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.BenchReport;
import com.shareuptime.streams.proof.bench.report.Measurement;
import com.shareuptime.streams.proof.bench.report.Reports;
import com.shareuptime.streams.proof.bench.search.SearchBench;
import com.shareuptime.streams.proof.drill.DrillCommand;
import com.shareuptime.streams.proof.faults.FaultsCommand;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The entry point of {@code bench/run}. */
@Command(
    name = "bench/run",
    subcommands = {
      DrillCommand.class,
      FaultsCommand.class,
      FeedCostCommand.class,
      ReconcileBenchCommand.class,
      RelevanceCommand.class
    },
    mixinStandardHelpOptions = true,
    description = "Measure what the jobs reach on this machine, on servers of its own.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all floors reached", "1:some floor missed", "2:wrong usage or a failure"})
public final class BenchCommand implements Callable<Integer> {
  private static final double HOT_TO_UNIFORM = 0.95;

  /** What can be measured. */
  enum Subject {
    COUNTERS,
    CDC,
    FEEDS,
    SEARCH,
    EMBEDDINGS
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "SUBJECT",
      description = "What to measure: ${COMPLETION-CANDIDATES}; all if none is named.")
  private Set<Subject> subjects = EnumSet.noneOf(Subject.class);

  @Option(
      names = "--events",
      defaultValue = "4000000",
      description = "Events of each measurement of counters (default ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--rows",
      defaultValue = "2000000",
      description = "Rows of each measurement of cdc (default ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--posts",
      defaultValue = "10000",
      description = "Posts at once of feeds, each to 300 followers (default ${DEFAULT-VALUE}).")
  private int posts;

  @Option(
      names = "--seconds",
      description =
          "How long posts go on at a steady pace: those of feeds, without and with a celebrity, so"
              + " long each (default 30), and those of search (default 60).")
  private Integer seconds;

  @Option(
      names = "--pages",
      defaultValue = "10000",
      description = "Pages of feeds that are read (default ${DEFAULT-VALUE}).")
  private int pages;

  @Option(
      names = "--texts",
      defaultValue = "5000",
      description = "Texts of each measurement of embeddings (default ${DEFAULT-VALUE}).")
  private int texts;

  @Option(
      names = "--documents",
      defaultValue = "300000",
      description = "Posts that search indexes anew (default ${DEFAULT-VALUE}).")
  private int documents;

  @Option(
      names = "--mode",
      split = ",",
      defaultValue = "events,events+cdc",
      description = "Modes of the counters job (default ${DEFAULT-VALUE}).")
  private List<String> modes;

  @Option(
      names = "--shape",
      split = ",",
      defaultValue = "UNIFORM,ZIPF,HOT",
      description = "Traffic: ${COMPLETION-CANDIDATES} (default all).")
  private List<Shape> shapes;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the traffic.")
  private long seed;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A setting of the Flink cluster, instead of the one in flink-conf.")
  private Map<String, String> flinkSettings = Map.of();

  private final BenchReport report = new BenchReport();

  public static void main(String[] args) {
    LogManager.getLogManager().reset(); // its own clients would only disturb the table
    int code =
        new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
    System.exit(code);
  }

  @Override
  public Integer call() throws Exception {
    if (isWanted(Subject.COUNTERS)) {
      for (String mode : modes) {
        counters(mode);
      }
    }
    if (isWanted(Subject.CDC)) {
      new CdcBench(rows, flinkSettings)
          .measure()
          .forEach(measured -> add(BenchOutcome.of(measured)));
    }
    if (isWanted(Subject.FEEDS)) {
      new FeedsBench(posts, secondsOr(30), pages, flinkSettings).measure().forEach(this::add);
    }
    if (isWanted(Subject.SEARCH)) {
      new SearchBench(documents, secondsOr(60), seed, flinkSettings).measure().forEach(this::add);
    }
    if (isWanted(Subject.EMBEDDINGS)) {
      new EmbeddingBench(texts, seed).measure().forEach(measured -> add(BenchOutcome.of(measured)));
    }
    report.print(System.out);
    Path file = Reports.file("bench", ".json");
    report.write(file);
    System.out.println("\nAs JSON: " + file);
    return report.exitCode();
  }

  private int secondsOr(int usual) {
    return seconds == null ? usual : seconds;
  }

  private boolean isWanted(Subject subject) {
    return subjects.isEmpty() || subjects.contains(subject);
  }

  private void counters(String mode) throws Exception {
    CountersBench bench = new CountersBench(events, seed, flinkSettings);
    Map<Shape, Double> rates = new EnumMap<>(Shape.class);
    for (Shape shape : shapes) {
      Measurement measured = bench.measure(mode, shape);
      rates.put(shape, measured.rate());
      BenchOutcome outcome = BenchOutcome.of(measured);
      if (shape == Shape.HOT && rates.containsKey(Shape.UNIFORM)) {
        double ratio = measured.rate() / rates.get(Shape.UNIFORM);
        outcome = outcome.withLeast("ratio to uniform", ratio, HOT_TO_UNIFORM);
      }
      add(outcome);
    }
  }

  private void add(BenchOutcome outcome) {
    report.add(outcome);
    Measurement measured = outcome.measured();
    System.err.printf("%s: %,.0f %s/s%n", measured.name(), measured.rate(), measured.unit());
  }
}
