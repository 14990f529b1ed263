package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.option.ClusterMixin;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "upgrade",
    description = {
      "Replace a running job by its newly built jar: stop with a savepoint, start from it.",
      "Also changes parallelism and options. Keeps what was given before by --set and",
      "--parallelism, unless it is given again."
    })
final class UpgradeCommand implements Callable<Integer> {
  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JOB",
      description = "ingest, counters, feeds, feed-archive, search or embed.")
  private String name;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Parallelism of the new run. Default: as given before, or parallelism.default"
              + " of the cluster.")
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one option of the job. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() {
    Jobs jobs = cluster.jobs();
    Map<String, String> kept = new LinkedHashMap<>(jobs.lastGiven(name));
    kept.keySet().removeAll(overrides.keySet());
    Settings settings = cluster.settings(name).given(kept).given(overrides);
    OptionalInt width =
        parallelism == null ? jobs.lastParallelism(name) : OptionalInt.of(parallelism);
    jobs.jar(name);
    PrintWriter out = spec.commandLine().getOut();
    kept.forEach((key, value) -> out.println("as before: " + key + "=" + value));
    String savepoint = jobs.stop(name);
    out.println("stopped with savepoint " + savepoint);
    out.flush();
    try {
      Job job = jobs.submit(name, settings, Optional.of(savepoint), width);
      out.println("%s runs: %s/#/job/running/%s".formatted(name, jobs.flink().url(), job.id()));
      return 0;
    } catch (CommandException e) {
      throw CommandException.wrong(
          "The new run of '" + name + "' does not start: " + e.getMessage(),
          "Fix it, or build the former version again, then: ./streams submit "
              + name
              + " --from "
              + savepoint);
    }
  }
}
