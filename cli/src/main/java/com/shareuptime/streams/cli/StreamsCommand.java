package com.shareuptime.streams.cli;

import com.shareuptime.streams.cli.explain.ExplainCommand;
import com.shareuptime.streams.cli.feed.FeedCommand;
import com.shareuptime.streams.cli.model.ModelCommand;
import com.shareuptime.streams.cli.reconcile.ReconcileCommand;
import com.shareuptime.streams.cli.search.ReindexCommand;
import com.shareuptime.streams.cli.search.SearchCommand;
import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The operator's command. */
@Command(
    name = "streams",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "ShareUptime Streams 1.0.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = "Operate the jobs, and examine and repair the read models.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:found something wrong",
      "2:wrong usage",
      "3:something could not be reached",
      "4:the command failed by a defect of its own"
    })
public final class StreamsCommand implements Callable<Integer> {
  /** What needs no local stack, in the order in which {@code --help} shows it. */
  private static final List<Class<?>> OPERATIONS =
      List.of(
          SubmitCommand.class,
          CancelCommand.class,
          SavepointCommand.class,
          UpgradeCommand.class,
          MigrateCommand.class,
          DoctorCommand.class,
          ReconcileCommand.class,
          ReindexCommand.class,
          FeedCommand.class,
          SearchCommand.class,
          ExplainCommand.class,
          ModelCommand.class);

  /** What the command of a checkout has beside those: they start servers or act as the product. */
  public static final List<String> OF_A_CHECKOUT =
      List.of("demo", "traffic", "check", "up", "down", "status", "logs", "env", "kill", "start");

  /** An image has no commands of the stack, so that its help names none. */
  private static final String WITH_STACK =
      "Run the local stack, operate the jobs, and examine and repair the read models.";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandException.USAGE;
  }

  public static void main(String[] arguments) {
    run(commandLine(), arguments);
  }

  /** Executes it, and ends this JVM with its exit code. */
  public static void run(CommandLine commandLine, String... arguments) {
    // Clients that log through java.util.logging would write between the lines of a report
    LogManager.getLogManager().reset();
    System.exit(commandLine.execute(arguments));
  }

  /**
   * The command, ready to execute.
   *
   * @param more commands that come before those of this class
   */
  public static CommandLine commandLine(Class<?>... more) {
    CommandLine commandLine = new CommandLine(new StreamsCommand());
    if (more.length > 0) {
      commandLine.getCommandSpec().usageMessage().description(WITH_STACK);
    }
    Stream.concat(Stream.of(more), OPERATIONS.stream()).forEach(commandLine::addSubcommand);
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setExecutionExceptionHandler(
        (exception, failed, parsed) -> report(exception, failed));
    commandLine.setParameterExceptionHandler(StreamsCommand::reportUsage);
    return commandLine;
  }

  private static int report(Exception exception, CommandLine failed) {
    PrintWriter err = failed.getErr();
    if (exception instanceof CommandException known) {
      err.println("streams: " + known.getMessage());
      err.println(known.next());
      for (Throwable other : known.getSuppressed()) {
        err.println();
        err.println("streams: " + other);
      }
      return known.exitCode();
    }
    err.println("streams: unexpected: " + exception);
    err.println("This is a defect of the command. Report it with what follows.");
    exception.printStackTrace(err);
    return CommandException.DEFECT;
  }

  private static int reportUsage(CommandLine.ParameterException exception, String[] arguments) {
    CommandLine failed = exception.getCommandLine();
    PrintWriter err = failed.getErr();
    if (exception instanceof CommandLine.UnmatchedArgumentException unmatched
        && OF_A_CHECKOUT.contains(unmatched.getUnmatched().get(0))) {
      err.printf(
          "streams: `%s` needs a checkout of the project: it starts servers or acts as the"
              + " product.%nThe same holds for: %s.%n",
          unmatched.getUnmatched().get(0), String.join(", ", OF_A_CHECKOUT));
      return CommandException.USAGE;
    }
    err.println("streams: " + exception.getMessage());
    List<String> similar =
        exception instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    if (!similar.isEmpty()) {
      err.println("Did you mean: " + String.join(", ", similar) + "?");
    }
    err.println("See: ./" + failed.getCommandSpec().qualifiedName() + " --help");
    return CommandException.USAGE;
  }
}
