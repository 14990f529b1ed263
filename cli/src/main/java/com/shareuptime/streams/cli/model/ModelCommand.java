package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.contract.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The entry of {@code ./streams model}. */
@Command(
    name = "model",
    description = {
      "Say what the product's tables mean, as a file of `create view` statements:",
      "draft such a file for a database, and check one against it. Changes nothing.",
      "./streams migrate --model FILE installs it."
    },
    subcommands = {ModelInitCommand.class, ModelCheckCommand.class})
public final class ModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandException.USAGE;
  }
}
