package com.shareuptime.streams.contract;

/**
 * Something that the user of a command can mend: the message says what and where, {@link #next()}
 * what to do about it, {@link #exitCode()} what the command ends with.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Found something wrong. */
  public static final int WRONG = 1;

  /** Asked for something that cannot be. */
  public static final int USAGE = 2;

  /** Something could not be reached or started. */
  public static final int UNREACHABLE = 3;

  /** The command itself is wrong: nobody throws this, a command ends with it. */
  public static final int DEFECT = 4;

  private final String next;
  private final int exitCode;

  private CommandException(int exitCode, String what, String next, Throwable cause) {
    super(what, cause);
    this.next = next;
    this.exitCode = exitCode;
  }

  public static CommandException wrong(String what, String next) {
    return new CommandException(WRONG, what, next, null);
  }

  public static CommandException usage(String what, String next) {
    return new CommandException(USAGE, what, next, null);
  }

  public static CommandException unreachable(String what, String next) {
    return new CommandException(UNREACHABLE, what, next, null);
  }

  public static CommandException unreachable(String what, String next, Throwable cause) {
    return new CommandException(UNREACHABLE, what, next, cause);
  }

  public String next() {
    return next;
  }

  public int exitCode() {
    return exitCode;
  }

  @Override
  public String toString() {
    return getMessage() + System.lineSeparator() + next;
  }
}
