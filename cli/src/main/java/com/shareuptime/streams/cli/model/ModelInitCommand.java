package com.shareuptime.streams.cli.model;

import com.shareuptime.streams.model.catalog.CatalogReader;
import com.shareuptime.streams.model.draft.ModelDraft;
import java.sql.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description = {
      "Print a draft of a model for a database, from names and keys of its tables; reads no row.",
      "What is a guess, and what could not be guessed, is said in comments."
    })
final class ModelInitCommand implements Callable<Integer> {
  @Mixin private SourceMixin source;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    try (Connection connection = source.database().connect()) {
      spec.commandLine().getOut().print(ModelDraft.of(CatalogReader.read(connection)));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
