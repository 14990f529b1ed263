package com.shareuptime.streams.model.expression;

/**
 * One part of a file that is refused. Whoever reads the next larger part catches it, records it and
 * goes on with what follows.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String advice;

  public RefusedException(Position at, String message, String advice) {
    super(message);
    this.at = at;
    this.advice = advice;
  }

  public Position at() {
    return at;
  }

  public String advice() {
    return advice;
  }
}
