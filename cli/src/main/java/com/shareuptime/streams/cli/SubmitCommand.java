package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.job.Jobs;
import com.shareuptime.streams.cli.job.Slot;
import com.shareuptime.streams.cli.option.RunOptions;
import com.shareuptime.streams.cli.server.Database;
import com.shareuptime.streams.cli.settings.Settings;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "submit",
    description = {
      "Start a job from its built jar and wait until all of its tasks run.",
      "On the local stack it starts from the newest checkpoint or savepoint that the job left.",
      "With --flink-url it starts from the state that the last cancel, savepoint or upgrade here",
      "noted, else from that of the last submit: after a failure there, give --from.",
      "Settings, the later wins: flink-conf/JOB.yaml, local addresses, --config, --set."
    })
final class SubmitCommand extends JobCommand {
  @ArgGroup(exclusive = true)
  private Start start = new Start();

  @Mixin private RunOptions run;

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
  void act(String name, Jobs jobs) {
    OptionalInt parallelism = run.parallelism();
    jobs.requireJar(name);
    jobs.requireInactive(name);
    Settings settings = settings().given(run.overrides());
    Optional<String> state =
        start.fresh
            ? Optional.empty()
            : Optional.ofNullable(start.from).or(() -> jobs.resumable(name));
    if (start.fresh && name.equals("ingest") && dropSlot(settings)) {
      say("dropped the replication slot: ingest takes a new snapshot of every table");
    }
    say("submitting " + name + state.map(path -> " from " + path).orElse(" without state") + " …");
    start(jobs, settings, state, parallelism);
  }

  private static boolean dropSlot(Settings settings) {
    return new Slot(Database.source(settings), settings.slot()).drop();
  }
}
