package com.shareuptime.streams.client;

/** No store that has the answer did answer; trying again later may help. */
public class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
