package com.shareuptime.streams.proof.check;

/** A server does not answer; it may come back. */
public final class SurfaceAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SurfaceAwayException(String what, Throwable cause) {
    super(what + " cannot be reached: " + cause.getMessage(), cause);
  }
}
