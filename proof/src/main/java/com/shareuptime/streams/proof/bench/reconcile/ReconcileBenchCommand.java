package com.shareuptime.streams.proof.bench.reconcile;

import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.BenchReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run reconcile}. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = "Measure how long it takes to prove that counters and feeds equal the tables.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all bounds kept", "1:some bound missed", "2:wrong usage or a failure"})
public final class ReconcileBenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--posts",
      defaultValue = "1000000",
      description = "Posts, each with counters (default ${DEFAULT-VALUE}).")
  private int posts;

  @Option(
      names = "--likes",
      defaultValue = "10000000",
      description =
          "Likes, about; a tenth as many comments, a twentieth as many shares (default"
              + " ${DEFAULT-VALUE}).")
  private int likes;

  @Option(
      names = "--users",
      defaultValue = "200000",
      description = "Users; one of ten has a feed (default ${DEFAULT-VALUE}).")
  private int users;

  @Option(names = "--json", description = "Print JSON, not a table.")
  private boolean json;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "A setting of the Flink cluster, instead of the one in flink-conf.")
  private Map<String, String> flinkSettings = Map.of();

  @Override
  public Integer call() throws Exception {
    List<BenchOutcome> outcomes = new ReconcileBench(size(), flinkSettings).measure();
    BenchReport report = new BenchReport();
    outcomes.forEach(report::add);
    if (json) {
      report.printJson(System.out);
    } else {
      report.print(System.out);
    }
    return report.exitCode();
  }

  private BenchSize size() {
    try {
      return new BenchSize(posts, likes, users);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
