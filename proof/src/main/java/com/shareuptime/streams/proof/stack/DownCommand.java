package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.local.stack.LocalStack;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    description = {
      "End every process of the local stack and keep its data; `up` continues from there.",
      "Does not cancel jobs: they recover with the cluster."
    })
/** Part of {@code ./streams}. */
public final class DownCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Option(
      names = "--wipe",
      description = "Remove data, logs and secrets too: the next `up` starts empty.")
  private boolean wipe;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LocalStack stack = local.stack();
    if (wipe) {
      stack.wipe();
      out.println("Stopped; " + stack.home().root() + " is removed.");
    } else {
      stack.close();
      out.println("Stopped; the data is kept in " + stack.home().root() + ".");
    }
    return 0;
  }
}
