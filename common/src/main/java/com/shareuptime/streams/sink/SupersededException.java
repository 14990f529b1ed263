package com.shareuptime.streams.sink;

/**
 * A later run writes now, and what this one has left must not be written any more. No outage:
 * trying again would be wrong, so the task fails.
 */
public final class SupersededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SupersededException(String message, Throwable cause) {
    super(message, cause);
  }
}
