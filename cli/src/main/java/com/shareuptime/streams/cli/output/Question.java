package com.shareuptime.streams.cli.output;

import java.io.Console;
import java.io.PrintWriter;

/** What an operator is asked before something is done. */
public final class Question {
  private Question() {}

  /** Whether somebody can be asked. */
  public static boolean isPossible() {
    return System.console() != null;
  }

  /**
   * Where nobody can be asked, nobody says yes, and nothing is shown.
   *
   * @param shown before the question
   */
  public static boolean saysYes(String shown, String question, PrintWriter out) {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    out.print(shown);
    out.flush();
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
