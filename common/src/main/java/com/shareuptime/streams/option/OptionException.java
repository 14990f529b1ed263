package com.shareuptime.streams.option;

/** An option that cannot be used; the message names the key, the value, its origin and the mend. */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OptionException(String message) {
    super(message);
  }
}
