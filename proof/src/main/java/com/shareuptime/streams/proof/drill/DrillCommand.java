package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.proof.bench.report.BenchOutcome;
import com.shareuptime.streams.proof.bench.report.BenchReport;
import com.shareuptime.streams.proof.site.Site;
import com.shareuptime.streams.proof.site.SiteMixin;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench/run drill}. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Corrupt rows of every surface by hand while traffic runs: whether reconcile"
          + " finds them all and",
      "nothing else, and whether all is correct after the repair."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all were found, nothing else was, and all is right again",
      "1:something was missed, or found falsely, or not repaired",
      "2:wrong usage or a failure"
    })
public final class DrillCommand implements Callable<Integer> {
  private static final int SPOILED = 10_000;
  private static final int LOST = 5;

  @Option(
      names = "--rows",
      description =
          "How many rows are spoiled, or writes lost on average (default "
              + SPOILED
              + ", or "
              + LOST
              + " with --lose-one-in).")
  private Integer rows;

  @Option(
      names = "--lose-one-in",
      paramLabel = "N",
      description =
          "Instead, has Postgres lose one in N writes of counters; --rows times N posts are liked.")
  private Integer oneIn;

  @Mixin private SiteMixin sites;

  @Override
  public Integer call() throws Exception {
    System.out.println("seed " + sites.seed());
    try (Site site = sites.open(0)) {
      Drill drill = new Drill(site, new SplittableRandom(sites.seed()), System.out::println);
      BenchOutcome outcome =
          oneIn == null
              ? drill.ofAllSurfaces(rowsOr(SPOILED))
              : drill.ofLostWrites(rowsOr(LOST), oneIn);
      BenchReport report = new BenchReport();
      report.add(outcome);
      report.print(System.out);
      return report.exitCode();
    }
  }

  private int rowsOr(int usual) {
    return rows == null ? usual : rows;
  }
}
