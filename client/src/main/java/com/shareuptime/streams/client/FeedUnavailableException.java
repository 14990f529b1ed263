package com.shareuptime.streams.client;

/** The product's database, or the one of the counters, did not answer. */
public final class FeedUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  FeedUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
