package com.shareuptime.streams.sink;

/**
 * A server refuses a writer because a later run of the job has written. That run goes on: this one
 * ends, instead of trying again as in an outage. Should it be the one that is to go on, it gets a
 * higher number when it starts again.
 */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
