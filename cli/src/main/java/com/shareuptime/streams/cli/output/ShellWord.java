package com.shareuptime.streams.cli.output;

import java.util.regex.Pattern;

/** Values in commands that are printed for people to run. */
public final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellWord() {}

  /** As a shell takes it for one word. */
  public static String of(Object value) {
    String text = value.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
