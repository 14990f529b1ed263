package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.local.stack.LocalStack;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = {
      "Start the local stack and the jobs on it; end when all is healthy and every job runs.",
      "Leaves alone what runs already. Keeps data in STREAMS_HOME (default: .streams)."
    })
/** Part of {@code ./streams}. */
public final class UpCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LocalStack stack = local.stack();
    new Bringup(stack, out::println).all();
    out.println("Flink: " + stack.flinkUrl() + "   everything else: ./streams env");
    out.flush();
    return 0;
  }
}
