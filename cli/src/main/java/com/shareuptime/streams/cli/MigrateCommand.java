package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.option.ServersMixin;
import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.sql.MigrationPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    description = {
      "Bring the databases, Kafka topics and indexes to what this version of the jobs needs.",
      "Prints first what it changes. Safe to repeat.",
      "Creates ShareUptime's own tables on the local stack only, and only for their own model."
    })
final class MigrateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = {
        "What the product's tables mean (./streams model). Default: the model of the last migrate,",
        "or else that of ShareUptime's own tables."
      })
  private Path model;

  @Mixin private ServersMixin servers;
  @Mixin private Report report;

  record Done(List<String> plan, List<String> changes, List<String> advice) {}

  @Override
  public Integer call() {
    Migration migration =
        new Migration(servers.settings(), true, model == null ? null : ModelFile.read(model));
    if (servers.isLocal()) {
      migration.baseSchema();
    }
    MigrationPlan plan = migration.plan();
    report.progress().println(text(plan));
    report.progress().flush();
    List<String> changes = migration.apply();
    report.print(new Done(lines(plan), changes, plan.advice()), () -> text(changes, plan.advice()));
    return 0;
  }

  private static List<String> lines(MigrationPlan plan) {
    List<String> lines = new ArrayList<>();
    plan.source().forEach(change -> lines.add("product's database: " + change));
    plan.sink().forEach(change -> lines.add("read models: " + change));
    return lines;
  }

  private static String text(MigrationPlan plan) {
    StringJoiner text = new StringJoiner(System.lineSeparator());
    List<String> lines = lines(plan);
    text.add(
        lines.isEmpty()
            ? "The model changes nothing in the databases."
            : "To be changed for the model:");
    lines.forEach(line -> text.add("  " + line));
    return text.toString();
  }

  private static String text(List<String> changes, List<String> advice) {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    changes.forEach(lines::add);
    if (!advice.isEmpty()) {
      lines.add("Indexes that reading needs; run each alone, at a quiet time:");
      advice.forEach(index -> lines.add("  " + index));
    }
    return lines.add(changes.isEmpty() ? "Nothing to do." : "Done.").toString();
  }
}
