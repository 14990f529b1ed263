package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.option.ClusterMixin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "savepoint",
    description = "Write the state of a running job to a savepoint and print its path.")
final class SavepointCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JOB",
      description = "ingest, counters, feeds, feed-archive, search or embed.")
  private String name;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(cluster.jobs().savepoint(name));
    return 0;
  }
}
