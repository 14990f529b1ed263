package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.output.ConsentMixin;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "down",
    description = {
      "End every process of the local stack and keep its data; `up` continues from there.",
      "Does not cancel jobs: they recover with the cluster.",
      "With --detach also take away from the product's database what `up --source` has added;",
      "prints first what, and asks. May be repeated, also when the stack is down."
    })
/** Part of {@code ./streams}. */
public final class DownCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Option(
      names = "--wipe",
      description = "Remove data, logs and secrets too: the next `up` starts empty.")
  private boolean wipe;

  @Option(
      names = "--detach",
      description = {
        "Drop the replication slot, the publication and the schemas streams and streams_model in",
        "the product's database, and set replica identities back to what they were."
      })
  private boolean detach;

  @Mixin private ConsentMixin consent;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LocalStack stack = local.stack();
    Attachment attachment = new Attachment(stack, consent, out);
    if (detach) {
      attachment.end();
    } else if (wipe && stack.home().source().isAttached()) {
      throw CommandException.usage(
          "The stack reads a product's database, where its replication slot would stay and hold back log.",
          "Take that away too: ./streams down --detach --wipe");
    }
    if (wipe) {
      stack.wipe();
      out.println("Stopped; " + stack.home().root() + " is removed.");
    } else {
      stack.close();
      out.println("Stopped; the data is kept in " + stack.home().root() + ".");
      attachment.warning().ifPresent(out::println);
    }
    return 0;
  }
}
