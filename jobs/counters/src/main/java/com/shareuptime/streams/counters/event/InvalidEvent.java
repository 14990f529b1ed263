package com.shareuptime.streams.counters.event;

import java.io.IOException;
import java.util.Locale;

/** Why the bytes of an app event cannot be counted. Cheap to throw: it has no stack trace. */
final class InvalidEvent extends IOException {
  private static final long serialVersionUID = 1L;

  /** The reasons, as metrics and dead letters name them. */
  enum Reason {
    MALFORMED_JSON,
    INVALID_UTF8,
    OVERSIZED,
    WRONG_TYPE,
    MISSING_FIELD,
    UNKNOWN_TYPE,
    UNKNOWN_ACTION,
    UNKNOWN_TARGET,
    AMOUNT_OUT_OF_RANGE,
    ID_OUT_OF_RANGE,
    EVENT_ID_LENGTH,
    TIMESTAMP,
    FAR_FUTURE;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Reason reason;

  InvalidEvent(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is filled in
  public Throwable fillInStackTrace() {
    return this;
  }
}
