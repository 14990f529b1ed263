package com.shareuptime.streams.ingest.check;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The job must not run as things stand, and running it again would change nothing: the message says
 * what is wrong and which command or SQL mends it. Flink fails the job instead of restarting it.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Refusal(String message) {
    super(message);
  }

  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
