package com.shareuptime.streams.proof.demo;

import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.proof.check.CheckOptions;
import com.shareuptime.streams.proof.check.SurfaceAwayException;
import com.shareuptime.streams.proof.traffic.StatementRefusedException;
import com.shareuptime.streams.proof.traffic.TrafficOptions;
import com.shareuptime.streams.proof.traffic.command.TrafficMixin;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Start the local stack and the jobs, run traffic, and show it live until"
          + " Ctrl-C, which stops everything. With --check: run bounded traffic, then"
          + " compare every count, feed and document with SQL.",
      "",
      "A demo starts with empty data in STREAMS_HOME. It removes data of an earlier"
          + " demo, never data of `up`, and does not start beside a stack that runs in"
          + " the same folder.",
      "Use `./streams kill NAME --restart-after S` in another terminal while it runs."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int LIVE_RATE = 500;
  private static final int CHECK_RATE = 4_000;
  private static final long CHECK_EVENTS = 50_000;

  /** What shells report for a command that Ctrl-C has ended. */
  private static final int INTERRUPTED = 130;

  @Option(
      names = "--check",
      description =
          "No live view: run --events, wait until each surface has passed the last commit, compare"
              + " it with SQL, print one row a surface, stop everything; exit 0 if all is right,"
              + " else 1.")
  private boolean check;

  @Option(
      names = "--ryow",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "With --check: commits that a client waits for and reads back on each surface, beside"
              + " the traffic; of posts that must reach a feed, at most 100. Default: 1000.")
  private int ownWrites;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Other tables than ShareUptime's own: those of DIR/schema.sql, what they mean in"
              + " DIR/model.sql, and what the traffic says to them in DIR/traffic.sql. See"
              + " models/shareuptime-uuid.")
  private Path directory;

  @Mixin private TrafficMixin traffic;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    TrafficOptions options =
        check
            ? traffic.options(CHECK_RATE, CHECK_EVENTS, "all")
            : traffic.options(LIVE_RATE, 0, "all");
    if (check && options.events() == 0) {
      throw CommandException.usage("--check needs an end.", "Give --events N, more than 0.");
    }
    DemoModel model = directory == null ? DemoModel.canonical() : DemoModel.read(directory);
    LocalStack stack = DemoHome.claim();
    try (RunningStack running = new RunningStack(stack)) {
      try {
        return check
            ? new CheckDemo(
                    running, model, options, checkOptions(), report.asJson(), spec.commandLine())
                .run()
            : new LiveDemo(running, model, options, spec.commandLine().getOut()).run();
      } catch (RuntimeException e) {
        if (running.hasEnded()) {
          // Ctrl-C pulls the servers away from what still works on them
          return INTERRUPTED;
        }
        throw explained(e);
      }
    }
  }

  private static RuntimeException explained(RuntimeException e) {
    if (e instanceof SurfaceAwayException) {
      return CommandException.unreachable(
          e.getMessage(), "Bring it back with ./streams start NAME, in time, or begin anew.", e);
    }
    if (e instanceof StatementRefusedException) {
      return CommandException.unreachable(e.getMessage(), "See ./streams logs postgres.", e);
    }
    return e;
  }

  private CheckOptions checkOptions() {
    CheckOptions usual = CheckOptions.DEFAULT;
    return new CheckOptions(ownWrites, usual.progressWithin(), usual.settleWithin());
  }
}
