package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "migrate",
    description = {
      "Bring the databases, Kafka topics and indexes to what this version of the jobs needs.",
      "Safe to repeat. Creates the product's own tables on the local stack only."
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private ServersMixin servers;
  @Mixin private Report report;

  record Done(List<String> changes) {}

  @Override
  public Integer call() {
    Migration migration = new Migration(servers.settings(), true);
    if (servers.isLocal()) {
      migration.baseSchema();
    }
    List<String> changes = migration.apply();
    report.print(new Done(changes), () -> text(changes));
    return 0;
  }

  private static String text(List<String> changes) {
    return Stream.concat(
            changes.stream(), Stream.of(changes.isEmpty() ? "Nothing to do." : "Done."))
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
