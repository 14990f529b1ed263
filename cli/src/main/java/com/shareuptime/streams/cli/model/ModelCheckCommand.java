package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Look for everything that would stop the jobs on a database, and print what mends it;",
      "then some rows of each view as the jobs will see them. Changes nothing."
    })
final class ModelCheckCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model. Default: that of ShareUptime's own tables.")
  private Path model;

  @Mixin private SourceMixin source;
  @Mixin private Report report;

  @Override
  public Integer call() throws Exception {
    String text = model == null ? Model.canonicalSql() : text();
    String name = model == null ? "the model of ShareUptime's own tables" : model.toString();
    try (Connection connection = source.database().connect()) {
      connection.setReadOnly(true);
      ModelCheck check = ModelCheck.of(text, connection);
      report.print(check, () -> check.text(name));
      return check.isRight() ? 0 : CommandException.WRONG;
    }
  }

  private String text() {
    try {
      return Files.readString(model);
    } catch (NoSuchFileException e) {
      throw CommandException.usage(
          "There is no file " + model + ".", "Make one: ./streams model init > model.sql");
    } catch (IOException e) {
      throw CommandException.usage(
          "The model cannot be read: " + e + ".", "Give a file of UTF-8 text.");
    }
  }
}
