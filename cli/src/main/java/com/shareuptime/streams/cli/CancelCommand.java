package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.option.ClusterMixin;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "cancel",
    description =
        "End a job at once. Its newest checkpoint stays; a later `submit` starts from it.")
final class CancelCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JOB",
      description = "ingest, counters, feeds, feed-archive, search or embed.")
  private String name;

  @Override
  public Integer call() {
    cluster.jobs().cancel(name);
    spec.commandLine().getOut().println(name + " cancelled");
    return 0;
  }
}
