package com.shareuptime.streams.feeds.archive;

/** Why bytes are no delivery. Cheap to throw: it has no stack trace. */
final class InvalidDelivery extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidDelivery(String detail) {
    super(detail, null, false, false);
  }
}
