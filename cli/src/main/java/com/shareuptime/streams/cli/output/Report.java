package com.shareuptime.streams.cli.output;

import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Mixed into every command that reports. */
public final class Report {
  @Spec(Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  public boolean asJson() {
    return json;
  }

  public PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** For what people are told beside the report: JSON is to stand alone. */
  public PrintWriter progress() {
    return json ? command.commandLine().getErr() : out();
  }

  /** Prints what was found out, as JSON or as a text for people. */
  public void print(Object found, Supplier<String> text) {
    out().println(json ? Output.json(found) : text.get());
  }

  /** The same; returns with what the command is to end. */
  public int print(Answer answer) {
    print(answer, answer::text);
    return answer.isWrong()
        ? CommandException.WRONG
        : answer.isAway() ? CommandException.UNREACHABLE : 0;
  }
}
