package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Output;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.Installation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "migrate",
    description = {
      "Bring the databases, Kafka topics and indexes to what this version of the jobs needs.",
      "Safe to repeat. Creates the product's own tables on the local stack only."
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private ServersMixin servers;
  @Mixin private Report report;
  @Spec private CommandSpec spec;

  record Done(List<String> changes) {}

  @Override
  public Integer call() {
    Migration migration =
        new Migration(servers.settings(), Optional.of(Installation.find().jobJar("search")));
    if (servers.isLocal()) {
      migration.baseSchema();
    }
    List<String> changes = migration.apply();
    PrintWriter out = spec.commandLine().getOut();
    if (report.asJson()) {
      out.println(Output.json(new Done(changes)));
    } else {
      changes.forEach(out::println);
      out.println(changes.isEmpty() ? "Nothing to do." : "Done.");
    }
    return 0;
  }
}
