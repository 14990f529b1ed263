package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.job.Await;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import com.shareuptime.streams.local.stack.Server;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "kill",
    description = "End one server of the local stack as a crash would (SIGKILL), for fault tests.")
/** Part of {@code ./streams}. */
public final class KillCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Mixin private ServerMixin named;

  @Option(
      names = "--restart-after",
      paramLabel = "S",
      description = "Start it again after S seconds and wait until it is healthy.")
  private Double restartAfter;

  @Override
  public Integer call() {
    Server server = named.server();
    if (restartAfter != null && restartAfter < 0) {
      throw CommandException.usage(
          "--restart-after is " + restartAfter + ".", "Give the seconds to wait, 0 or more.");
    }
    LocalStack stack = local.running();
    PrintWriter out = spec.commandLine().getOut();
    if (!stack.isRunning(server)) {
      throw CommandException.wrong(
          server.id() + " is not running.", "Start it: ./streams start " + server.id());
    }
    stack.kill(server);
    out.println(server.id() + " killed");
    out.flush();
    if (restartAfter != null) {
      Await.pause(Duration.ofMillis(Math.round(restartAfter * 1_000)));
      stack.start(server);
      out.println(server.id() + " is back");
    }
    return 0;
  }
}
