package com.shareuptime.streams.local.stack;

/**
 * Something about the local stack that its user can mend: the message says what and where, {@link
 * #next()} what to do about it, {@link #exitCode()} what the command ends with.
 */
public final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Found something wrong. */
  public static final int WRONG = 1;

  /** Asked for something that cannot be. */
  public static final int USAGE = 2;

  /** Something could not be reached or started. */
  public static final int UNREACHABLE = 3;

  private final String next;
  private final int exitCode;

  private StackException(int exitCode, String what, String next, Throwable cause) {
    super(what, cause);
    this.next = next;
    this.exitCode = exitCode;
  }

  public static StackException wrong(String what, String next) {
    return new StackException(WRONG, what, next, null);
  }

  public static StackException usage(String what, String next) {
    return new StackException(USAGE, what, next, null);
  }

  public static StackException unreachable(String what, String next) {
    return new StackException(UNREACHABLE, what, next, null);
  }

  public static StackException unreachable(String what, String next, Throwable cause) {
    return new StackException(UNREACHABLE, what, next, cause);
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
