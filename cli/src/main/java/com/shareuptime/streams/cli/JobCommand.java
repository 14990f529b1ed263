package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.option.ClusterMixin;
import com.shareuptime.streams.cli.settings.Settings;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Acts on one job of a cluster. */
abstract class JobCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JOB",
      description = "ingest, counters, feeds, feed-archive, search, archive or embed.")
  private String name;

  @Override
  public final Integer call() {
    act(name, cluster.jobs());
    return 0;
  }

  abstract void act(String name, Jobs jobs);

  Settings settings() {
    return cluster.settings(name);
  }

  void start(Jobs jobs, Settings settings, Optional<String> state, OptionalInt parallelism) {
    Job job = jobs.submit(name, settings, state, parallelism);
    say(name + " runs: " + jobs.flink().page(job.id()));
  }

  /** At once: what comes next may take its time. */
  void say(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
