package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.flink.Job;
import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.Slot;
import com.shareuptime.streams.cli.option.ClusterMixin;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "submit",
    description = {
      "Start a job from its built jar and wait until all of its tasks run.",
      "On the local stack it starts from the newest checkpoint or savepoint that the job left.",
      "With --flink-url it starts from the state that the last cancel, savepoint or upgrade here",
      "noted, else from that of the last submit: after a failure there, give --from.",
      "Settings, the later wins: flink-conf/JOB.yaml, local addresses, --config, --set."
    })
final class SubmitCommand implements Callable<Integer> {

  @Mixin private ClusterMixin cluster;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "JOB",
      description = "ingest, counters, feeds, feed-archive, search or embed.")
  private String name;

  @ArgGroup(exclusive = true)
  private Start start;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = {
        "Parallelism of the job. Default: parallelism.default of the cluster.",
        "Its sources run no wider than their topics have partitions."
      })
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one option of the job, e.g. --set counters.mode=cdc. May be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  private static final class Start {
    @Option(
        names = "--fresh",
        description = {
          "Start without state. For ingest this also drops its replication slot;",
          "ingest then makes a new one and takes a snapshot of every table."
        })
    private boolean fresh;

    @Option(
        names = "--from",
        paramLabel = "STATE",
        description = "Start from this savepoint or checkpoint (a path that the cluster can read).")
    private String from;
  }

  @Override
  public Integer call() {
    if (parallelism != null && (parallelism < 1 || parallelism > 720)) {
      throw CommandException.usage(
          "--parallelism is " + parallelism + ".", "Give a number from 1 to 720.");
    }
    Jobs jobs = cluster.jobs();
    jobs.jar(name);
    jobs.requireInactive(name);
    Settings settings = cluster.settings(name).given(overrides);
    boolean fresh = start != null && start.fresh;
    Optional<String> state =
        start != null && start.from != null
            ? Optional.of(start.from)
            : fresh ? Optional.empty() : jobs.resumable(name);
    PrintWriter out = spec.commandLine().getOut();
    if (fresh && name.equals("ingest") && dropSlot(settings)) {
      out.println("dropped the replication slot: ingest takes a new snapshot of every table");
    }
    out.println(
        "submitting " + name + state.map(path -> " from " + path).orElse(" without state") + " …");
    out.flush();
    Job job = jobs.submit(name, settings, state, width());
    out.println("%s runs: %s/#/job/running/%s".formatted(name, jobs.flink().url(), job.id()));
    return 0;
  }

  private OptionalInt width() {
    return parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism);
  }

  private static boolean dropSlot(Settings settings) {
    return new Slot(Database.source(settings), settings.slot()).drop();
  }
}
