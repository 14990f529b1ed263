package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.cli.output.Report;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.model.Model;
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
    ModelFile file =
        model == null
            ? new ModelFile("the model of ShareUptime's own tables", Model.canonicalSql())
            : ModelFile.read(model);
    try (Connection connection = source.database().connect()) {
      connection.setReadOnly(true);
      ModelCheck check = ModelCheck.of(file.text(), connection);
      report.print(check, () -> check.text(file.name()));
      return check.isRight() ? 0 : CommandException.WRONG;
    }
  }
}
