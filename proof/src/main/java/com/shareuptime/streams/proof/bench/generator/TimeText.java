package com.shareuptime.streams.proof.bench.generator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The text of a time, made anew only when the time has changed. */
final class TimeText {
  private long micros = Long.MIN_VALUE;
  private String text;

  /**
   * @param atMicros epoch microseconds
   */
  String of(long atMicros) {
    if (atMicros != micros) {
      micros = atMicros;
      text = Instant.EPOCH.plus(atMicros, ChronoUnit.MICROS).toString();
    }
    return text;
  }
}
