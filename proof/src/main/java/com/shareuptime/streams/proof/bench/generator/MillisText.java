package com.shareuptime.streams.proof.bench.generator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The text of a time, made anew only when the millisecond has changed. */
final class MillisText {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private long millis = Long.MIN_VALUE;
  private String text;

  String of(long atMillis) {
    if (atMillis != millis) {
      millis = atMillis;
      text = FORM.format(Instant.ofEpochMilli(atMillis));
    }
    return text;
  }
}
