package com.shareuptime.streams.proof.traffic;

import com.shareuptime.streams.proof.server.Outage;

/** Postgres is there and does not take a statement. */
public final class StatementRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StatementRefusedException(Exception cause) {
    super("A statement of the simulator failed: " + Outage.failure(cause).getMessage(), cause);
  }

  /** Throws, unless the server went away. */
  static void unlessOutage(Exception failure) {
    if (!Outage.isOne(failure)) {
      throw new StatementRefusedException(failure);
    }
  }
}
