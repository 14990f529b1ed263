package com.shareuptime.streams.proof.stack;

import com.shareuptime.streams.cli.model.ModelFile;
import com.shareuptime.streams.cli.output.ConsentMixin;
import com.shareuptime.streams.cli.server.SourceUrl;
import com.shareuptime.streams.contract.CommandException;
import com.shareuptime.streams.local.stack.LocalStack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = {
      "Start the local stack and the jobs on it; end when all is healthy and every job runs.",
      "Leaves alone what runs already. Keeps data in STREAMS_HOME (default: .streams).",
      "With --source the product's tables are read in a database that is there already; the read",
      "models stay in the stack. Prints first what is added to that database, and asks."
    })
/** Part of {@code ./streams}. */
public final class UpCommand implements Callable<Integer> {
  private final HomeStack local = new HomeStack();
  @Spec private CommandSpec spec;

  @Option(
      names = "--source",
      paramLabel = "URL",
      description = {
        "Read the product's tables there, postgresql://user@host:port/database; the password is",
        "taken from PGPASSWORD. The stack remembers both: a later `up` needs neither."
      })
  private String source;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = {
        "With --source: what these tables mean (./streams model). Default: the model that the",
        "database has, or else that of ShareUptime's own tables."
      })
  private Path model;

  @Mixin private ConsentMixin consent;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LocalStack stack = local.stack();
    if (model != null && source == null) {
      throw CommandException.usage(
          "--model is for tables that are there already.", "Give --source URL with it.");
    }
    ModelFile file = model == null ? null : ModelFile.read(model);
    Attachment attachment = new Attachment(stack, consent, out);
    if (source != null) {
      attachment.begin(source, System.getenv(SourceUrl.PASSWORD), file);
    } else if (stack.home().source().exists()) {
      attachment.resume();
    }
    Bringup.onTables(stack, out::println, Optional.ofNullable(file)).all();
    out.println("Flink: " + stack.flinkUrl() + "   everything else: ./streams env");
    out.flush();
    return 0;
  }
}
