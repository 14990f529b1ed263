package com.shareuptime.streams.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since 1970, which is how positions and documents are compared. */
public final class EpochMicros {
  private EpochMicros() {}

  /**
   * Of any time that 64 bits of microseconds hold. {@code ChronoUnit.MICROS} counts by way of
   * nanoseconds, and fails beyond the year 2262.
   */
  public static long of(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  /** The time that so many microseconds are. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
