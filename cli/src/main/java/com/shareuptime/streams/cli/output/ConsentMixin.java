package com.shareuptime.streams.cli.output;

import com.shareuptime.streams.contract.CommandException;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** Mixed into commands that change what is not theirs: they show a plan, and ask. */
public final class ConsentMixin {
  @Option(names = "--yes", description = "Do not ask whether to do what the plan says.")
  private boolean yes;

  /**
   * Shows the plan, and returns once somebody has said yes.
   *
   * @throws CommandException if nobody has, or can be asked
   */
  public void require(String plan, String question, PrintWriter out) {
    out.println(plan);
    out.flush();
    if (yes) {
      return;
    }
    if (!Question.isPossible()) {
      throw CommandException.usage(
          "There is no terminal to ask on; nothing was changed.",
          "If the plan is right, run the same with --yes.");
    }
    if (!Question.saysYes("", question, out)) {
      throw CommandException.wrong(
          "Nothing was changed: nobody said yes.", "Run it again, with y.");
    }
  }
}
