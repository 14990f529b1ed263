package com.shareuptime.streams.proof.bench.feedcost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run feed-cost}. */
@Command(
    name = "feed-cost",
    mixinStandardHelpOptions = true,
    description =
        "Compute the cost of each celebrity threshold, for a generated graph of"
            + " follows or your own.")
public final class FeedCostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--users",
      defaultValue = "10000000",
      description = "Users of the generated graph (default ${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--mean-follows",
      defaultValue = "100",
      description = "Authors whom one follows, on average (default ${DEFAULT-VALUE}).")
  private double meanFollows;

  @Option(
      names = "--exponent",
      defaultValue = "2.3",
      description = "Of the power law of numbers of followers (default ${DEFAULT-VALUE}).")
  private double exponent;

  @Option(
      names = "--follows",
      paramLabel = "JDBC_URL",
      defaultValue = "${env:FOLLOWS_URL}",
      description =
          "Take the graph from the table follows there, not a generated one; or by the"
              + " environment variable FOLLOWS_URL.")
  private String follows;

  @Option(
      names = "--active",
      defaultValue = "0.25",
      description = "Share of users who have a feed (default ${DEFAULT-VALUE}).")
  private double active;

  @Option(
      names = "--posts-per-day",
      defaultValue = "0.5",
      description = "Of an author, on average (default ${DEFAULT-VALUE}).")
  private double postsPerDay;

  @Option(
      names = "--post-growth",
      defaultValue = "0.3",
      description =
          "Posts grow as the author's followers to the power of this (default ${DEFAULT-VALUE}).")
  private double postGrowth;

  @Option(
      names = "--reads-per-day",
      defaultValue = "20",
      description =
          "Pages that a user who has a feed reads, on average (default ${DEFAULT-VALUE}).")
  private double readsPerDay;

  @Option(
      names = "--in-use",
      defaultValue = "10000",
      description =
          "feeds.celebrity.threshold, to be compared with the cheapest (default"
              + " ${DEFAULT-VALUE}).")
  private int inUse;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the sample of readers (default ${DEFAULT-VALUE}).")
  private long seed;

  @ArgGroup(exclusive = false)
  private GivenCosts given;

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = "Write the result into feeds-cost.md and feeds-cost.svg there.")
  private Path docs;

  /** Both or neither. */
  static final class GivenCosts {
    @Option(
        names = "--push-micros",
        required = true,
        description = "Cost of a push in µs, not measured.")
    private double push;

    @Option(
        names = "--slice-micros",
        required = true,
        description = "Cost of a slice of a timeline in µs, not measured.")
    private double slice;
  }

  @Override
  public Integer call() throws IOException {
    try {
      report();
      return 0;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void report() throws IOException {
    Load load = new Load(active, postsPerDay, postGrowth, readsPerDay);
    FollowGraph graph =
        follows == null
            ? new PowerLaw(users, meanFollows, exponent).graph()
            : new FollowsTable(follows).graph();
    UnitCosts costs =
        given == null ? RedisUnitCosts.measure(seed) : new UnitCosts(given.push, given.slice);
    CostModel model = new CostModel(graph, load, costs);
    String report = new CostReport(graph, model, costs, inUse, seed).markdown();
    System.out.print(report);
    if (docs != null) {
      new CostPage(docs).write(report, new CostPlot(model.curve(), inUse).svg());
    }
  }
}
